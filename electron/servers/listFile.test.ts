import { expect, test } from 'vitest'
import { readCsv, writeCsv } from './csv.ts'
import { readList, writeList } from './listFile.ts'
import { newServer } from './newServer.ts'

const north = { ...newServer('North, "the" PACS', 11112), aeTitle: 'NORTH', host: '10.0.4.12', port: 4242, tls: true }
const south = { ...newServer('Süd\n2', 11112), aeTitle: '-SOUTH', description: '=1+1', queryRetrieve: false }

test('what is exported is imported as it was, in either form', () => {
  expect(readList(writeList([north, south], 'json'), 1)).toEqual({ servers: [north, south], problems: [] })
  expect(readList(writeList([north, south], 'csv'), 1)).toEqual({ servers: [north, south], problems: [] })
})

test('a table from a spreadsheet is taken, with semicolons, other order and empty cells', () => {
  const text =
    '\uFEFFPort;Name;HOST;aeTitle;queryRetrieve;colour\r\n104;One;one.example;ONE;no;red\r\n;;;;;\r\n11112;Two;two;TWO;;\r\n'
  const { servers, problems } = readList(text, 11113)
  expect(problems).toEqual([])
  expect(servers).toMatchObject([
    { name: 'One', port: 104, queryRetrieve: false, listenPort: 11113 },
    { name: 'Two', port: 11112, queryRetrieve: true },
  ])
})

test('what is wrong is named by its line or entry, and the rest is taken', () => {
  const csv = 'name,aeTitle,host,port\nOne,ONE,one,104\nTwo,TOO_LONG_FOR_AN_AE_TITLE,two,104\nThree,THREE,three,high\n'
  const table = readList(csv, 1)
  expect(table.servers.map(({ name }) => name)).toEqual(['One'])
  expect(table.problems.map(({ where }) => where)).toEqual(['line 3', 'line 4'])
  const json = JSON.stringify({ kind: 'negatoscope-servers', servers: [north, { name: 'x', port: 'y' }, null] })
  const found = readList(json, 1)
  expect(found.servers).toHaveLength(1)
  expect(found.problems.map(({ where }) => where)).toContain('entry 2')
})

test.each([
  ['', 'The first line must name the columns'],
  ['name;host\na;b', 'aeTitle, port are missing'],
  ['{ "kind": "negatoscope-servers", ', 'cut off'],
  ['{ "other": 1 }', 'no list of servers'],
])('%j is refused with a sentence', (text, sentence) => {
  expect(readList(text, 1).problems[0]?.reason).toContain(sentence)
})

test('a table has all that the editor has, and is taken as a spreadsheet of another language saves it', () => {
  const full = {
    ...north,
    ...{ storeEndpoint: { aeTitle: 'IN', host: 'in.example', port: 105 }, sendHours: { from: '20:00', to: '06:00' } },
    retrieving: { mode: 'folder' as const, folder: '/mnt/pacs', searchLimit: 0 },
    queryDates: { kind: 'since' as const, date: '20240131' },
    ...{ acceptedClasses: ['1.2.840.10008.5.1.4.1.1.2', '1.2.3'], acceptedSyntaxes: 'uncompressed' as const },
  }
  expect(readList(writeList([full], 'csv'), 1)).toEqual({ servers: [full], problems: [] })
  const german = 'name;aeTitle;host;port;tls;queryRetrieve;studiesShown\nOne;ONE;one;104;WAHR;FALSCH;last 1 year\n'
  expect(readList(german, 1).servers).toMatchObject([
    { tls: true, queryRetrieve: false, queryDates: { kind: 'last', count: 1, unit: 'years' } },
  ])
  const wrong = 'name,aeTitle,host,port,studiesShown\nOne,ONE,one,104,lately\n'
  expect(readList(wrong, 1).problems).toEqual([
    { where: 'line 2', reason: 'queryDates.date: A day is written as 2026-11-21.' },
  ])
})

test('a cell never becomes a formula', () => {
  const text = writeCsv([['=HYPERLINK("x")', '@a', 'plain']])
  expect(text).not.toMatch(/(^|,)"?[=@]/)
  expect(readCsv(text)[0]?.cells).toEqual(['=HYPERLINK("x")', '@a', 'plain'])
})

test('the web interface goes along in either form, the password in none', () => {
  const server = {
    ...newServer('Cloud', 11112),
    ...{
      restOn: true,
      restUrl: 'https://pacs.example/dicom-web',
      restAuthentication: 'basic' as const,
      restUser: 'ward',
    },
    ...{ restLimit: 200, restSend: false },
  }
  for (const format of ['json', 'csv'] as const) {
    const text = writeList([server], format)
    expect(text).not.toMatch(/password|secret/i)
    expect(readList(text, 11112)).toEqual({ servers: [server], problems: [] })
  }
  const broken = writeList([{ ...server, restUrl: '' }], 'json')
  expect(readList(broken, 11112).problems).toMatchObject([
    { where: 'entry 1', reason: expect.stringContaining('restUrl') },
  ])
})
