import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openServers } from './serverList.ts'
import { readSiteFile } from './siteServers.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-servers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const onOwnPort = () => () => {}
const names = (list: ReturnType<typeof openServers>) => list.rows().map((row) => row.name)

test('an added server has default values, our port to listen on, and is kept', () => {
  const row = openServers(folder).add(11112)
  expect(row).toMatchObject({ name: 'New server', port: 104, listenPort: 11112, queryRetrieve: true, isDefault: true })
  expect(openServers(folder).rows()).toEqual([row])
})

test('a duplicate stands below its original with everything but the name', () => {
  const list = openServers(folder)
  const first = list.add(11112)
  list.add(11112)
  list.update(first.serverId, { ...first, name: 'X', aeTitle: 'ABC', tls: true })
  const copy = list.duplicate(first.serverId)
  expect(names(list)).toEqual(['X', 'X 2', 'New server 2'])
  expect(copy).toMatchObject({ aeTitle: 'ABC', tls: true, isDefault: false })
})

test('a name that another server has is refused', () => {
  const list = openServers(folder)
  const first = list.add(11112)
  const second = list.add(11112)
  expect(() => list.update(second.serverId, { ...second, name: first.name.toUpperCase() })).toThrow(/already a server/)
  expect(list.update(second.serverId, { ...second, host: 'pacs' }).host).toBe('pacs')
})

test('what was deleted comes back to the same place under the same id', () => {
  const list = openServers(folder)
  const ids = [1, 2, 3].map(() => list.add(11112).serverId)
  list.delete(ids[1]!)
  expect(names(list)).toEqual(['New server', 'New server 3'])
  expect(list.restore(ids[1]!).serverId).toBe(ids[1])
  expect(names(list)).toEqual(['New server', 'New server 2', 'New server 3'])
  expect(list.rows()[0]?.isDefault).toBe(true)
})

test('ids are never given again', () => {
  const list = openServers(folder)
  const { serverId } = list.add(11112)
  list.delete(serverId)
  expect(openServers(folder).add(11112).serverId).toBe(serverId + 1)
})

test('moving stops at either end', () => {
  const list = openServers(folder)
  const [a, b] = [list.add(11112), list.add(11112)]
  list.move(a.serverId, -1)
  list.move(a.serverId, 1)
  list.move(a.serverId, 1)
  expect(list.rows().map((row) => row.serverId)).toEqual([b.serverId, a.serverId])
})

test('one server at most is the default', () => {
  const list = openServers(folder)
  const [, b] = [list.add(11112), list.add(11112)]
  list.setDefault(b.serverId)
  expect(list.rows().map((row) => row.isDefault)).toEqual([false, true])
})

test('a device that only sends is the default only when a person says so', () => {
  const list = openServers(folder)
  const device = list.add(11112)
  list.update(device.serverId, { ...device, queryRetrieve: false })
  expect(list.get(device.serverId).isDefault).toBe(false)
  expect(list.add(11112).isDefault).toBe(true)
  list.setDefault(device.serverId)
  list.update(device.serverId, { ...list.get(device.serverId), description: 'CT' })
  expect(list.get(device.serverId).isDefault).toBe(true)
})

test('a broken file is said in one line and kept aside', () => {
  openServers(folder).add(11112)
  const file = join(folder, 'config', 'servers.json')
  const broken = readFileSync(file, 'utf8').slice(0, -20)
  writeFileSync(file, broken)
  const list = openServers(folder)
  expect(list.notice).toMatch(/servers\.json is not usable \(it is not JSON\)/)
  expect(list.notice).not.toContain('\n')
  list.add(11112)
  const aside = readdirSync(join(folder, 'config')).find((name) => name.includes('broken'))
  expect(readFileSync(join(folder, 'config', aside ?? ''), 'utf8')).toBe(broken)
})

test('the last changes are taken back and done again, tests of now are kept', () => {
  const list = openServers(folder)
  const { serverId } = list.add(1)
  list.update(serverId, { ...list.get(serverId), name: 'North' })
  list.add(1)
  list.place(serverId, 1)
  expect(names(list)).toEqual(['New server', 'North'])
  list.setLastTest(serverId, {
    ...{ at: 1, ok: true, elapsedMs: 1, sentence: '', technical: '', ourAddress: '', security: null },
  })
  expect(list.undo()).toBe('Move of North')
  expect(names(list)).toEqual(['North', 'New server'])
  expect(list.get(serverId).lastTest?.ok).toBe(true)
  list.delete(serverId)
  expect(list.undo()).toBe('Delete of North')
  expect(list.restore(serverId).name).toBe('North')
  expect(names(list)).toEqual(['North', 'New server'])
  expect(list.redo()).toBe('Delete of North')
  expect(list.undo()).toBe('Delete of North')
  expect([list.undo(), list.undo(), list.undo(), list.undo()]).toEqual([
    'Adding New server',
    'Change of North',
    'Adding New server',
    '',
  ])
  expect(names(openServers(folder))).toEqual([])
})

test('who saves over a change of another window is told once', () => {
  const list = openServers(folder)
  const row = list.add(1)
  list.update(row.serverId, { ...row, host: 'a' }, row.revision)
  expect(() => list.update(row.serverId, { ...row, host: 'b' }, row.revision)).toThrow(/another window/)
  expect(list.update(row.serverId, { ...row, host: 'b' }, list.get(row.serverId).revision).host).toBe('b')
})

test("the administrator's servers stand first, cannot be changed, and follow their file", async () => {
  const file = join(folder, 'servers.ini')
  writeFileSync(file, '[Hospital]\nae_title = UNI\nhost = uni.example\nport = 104\n[Broken]\nport = 1\n')
  const site = { file, given: true, ownPort: () => 11112, onOwnPort }
  const list = openServers(folder, { site })
  const own = list.add(1)
  expect(names(list)).toEqual(['Hospital', 'New server'])
  const [hospital] = list.rows()
  if (!hospital) throw new Error('missing')
  expect(hospital).toMatchObject({ readOnly: true, listenPort: 11112 })
  expect(list.notice).toContain('line 5: [Broken] lacks ae_title, host.')
  for (const change of [
    () => list.delete(hospital.serverId),
    () => list.update(hospital.serverId, hospital),
    () => list.move(hospital.serverId, 1),
  ])
    expect(change).toThrow(/set by your administrator/)
  expect(() => list.update(own.serverId, { ...own, name: 'hospital' })).toThrow(/already a server/)
  list.setDefault(hospital.serverId)
  expect(list.rows().map(({ isDefault }) => isDefault)).toEqual([true, false])
  expect(list.duplicate(hospital.serverId)).toMatchObject({ name: 'Hospital 2', readOnly: false })
  list.close()
  const again = openServers(folder, { site })
  expect(again.rows()[0]).toMatchObject({ serverId: hospital.serverId, isDefault: true })
  again.close()
  const none = openServers(folder, { site: { ...site, file: join(folder, 'none.ini') } })
  expect(none.site().problems).toEqual([{ where: 'file', reason: 'There is no such file.' }])
  none.close()
})

test('a name that the administrator takes is free again under a number, and letters are read as Windows saved them', () => {
  const own = openServers(folder)
  const { serverId, ...fields } = own.add(1)
  own.update(serverId, { ...fields, name: 'praxis jörg' })
  own.close()
  const file = join(folder, 'servers.ini')
  writeFileSync(file, Buffer.from('[Praxis J\xf6rg]\nae_title = UNI\nhost = uni.example\nport = 104\n', 'latin1'))
  const list = openServers(folder, { site: { file, given: true, ownPort: () => 11112, onOwnPort } })
  expect(names(list)).toEqual(['Praxis Jörg', 'praxis jörg 2'])
  const [, mine] = list.rows()
  if (!mine) throw new Error('missing')
  expect(list.update(serverId, { ...mine, port: 105 })).toMatchObject({ name: 'praxis jörg 2', setBy: 'person' })
  list.close()
})

test('where the file names no listen port it is ours, also after ours became another', () => {
  const file = join(folder, 'servers.ini')
  const server = (name: string, more = '') => `[${name}]\nae_title = A\nhost = a\nport = 104\n${more}`
  writeFileSync(file, server('Ours') + server('Its own', 'listen_port = 104\n'))
  const own = { port: 11112, tell: () => {} }
  const list = openServers(folder, {
    site: {
      ...{ file, given: true, ownPort: () => own.port },
      onOwnPort: (listener) => {
        own.tell = listener
        return () => {}
      },
    },
  })
  expect(list.rows().map(({ listenPort }) => listenPort)).toEqual([11112, 104])
  own.port = 11113
  own.tell()
  expect(list.rows().map(({ listenPort }) => listenPort)).toEqual([11113, 104])
  list.close()
})

test('a file that cannot be read takes no servers away, one that was deleted does', () => {
  const file = join(folder, 'servers.ini')
  writeFileSync(file, '[Hospital]\nae_title = UNI\nhost = uni.example\nport = 104\n')
  const { servers } = readSiteFile(file, false, 1)
  expect(servers).toHaveLength(1)
  const lost = readSiteFile(folder, false, 1, servers)
  expect(lost).toMatchObject({ servers, problems: [{ reason: expect.stringContaining('Its servers stay') }] })
  writeFileSync(file, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))
  expect(readSiteFile(file, false, 1, servers)).toMatchObject({ found: false, servers })
  expect(readSiteFile(join(folder, 'gone.ini'), false, 1, servers)).toMatchObject({ servers: [], problems: [] })
})

test('an import adds what is new, numbers names that are taken, and knows what is here already', () => {
  const list = openServers(folder)
  const { serverId } = list.add(11112)
  const text = 'name,aeTitle,host,port\nNew server,OTHER,other,104\nNew server,ANY-SCP,127.0.0.1,104\nbroken,,x,\n'
  const { added, known, problems } = list.importText(text, 11112)
  expect(known).toBe(1)
  expect(added).toHaveLength(1)
  expect(problems).toEqual([{ where: 'line 4', reason: 'It lacks aeTitle, port.' }])
  expect(names(list)).toEqual(['New server', 'New server 2'])
  expect(list.get(serverId).isDefault).toBe(true)
})

test('in practice no server elsewhere can be entered, imported or adopted', () => {
  const list = openServers(folder, { onlyThisComputer: true })
  const row = list.add(11112)
  for (const host of ['pacs.example', '10.0.4.12', '127.example.com', 'fd00::1'])
    expect(() => list.update(row.serverId, { ...row, host })).toThrow(/practice/)
  const storeEndpoint = { aeTitle: 'STORE', host: '10.0.4.12', port: 104 }
  expect(() => list.update(row.serverId, { ...row, storeEndpoint })).toThrow(/practice/)
  const restUrl = 'https://pacs.example/dicom-web'
  expect(() => list.update(row.serverId, { ...row, restOn: true, restUrl })).toThrow(/practice/)
  for (const host of ['localhost', '127.0.0.2', '[::1]'])
    expect(list.update(row.serverId, { ...list.get(row.serverId), host }).host).toBe(host)
  const text = 'name,aeTitle,host,port\nReal,PACS,10.0.4.12,104\nOwn,OWN,127.0.0.1,4242\n'
  expect(list.importText(text, 11112).problems).toMatchObject([{ where: 'file' }])
  list.adopt([{ ...row, name: 'Site', host: '10.0.4.13' }])
  expect(names(list)).toEqual(['New server', 'Own'])
})
