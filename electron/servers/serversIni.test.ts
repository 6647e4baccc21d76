import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readServersIni } from './serversIni.ts'

test('the example that is delivered is right, and says what it says', () => {
  const text = readFileSync(join(import.meta.dirname, '../../resources/servers.ini'), 'utf8')
  const { servers, problems } = readServersIni(text, 11112)
  expect(problems).toEqual([])
  expect(servers).toMatchObject([
    { name: 'University Hospital', aeTitle: 'UNIPACS', host: 'pacs.hospital.example', port: 2762, tls: true },
    { name: 'Teleradiology', aeTitle: 'TELE_IN', queryRetrieve: false, listenPort: 11112 },
    { name: 'Cloud archive', restOn: true, restUrl: 'https://pacs.example/dicom-web', restUser: 'ward' },
  ])
})

test('a line that is wrong is named with its reason, and the servers that are right work', () => {
  const text = [
    'port = 1',
    '[Good]',
    'ae_title = GOOD',
    'host = good.example',
    'port = 104',
    'colour = green',
    'what is this',
    '[Bad port]',
    'ae_title = BAD',
    'host = bad.example',
    'port = 70000',
    '[No host]',
    'ae_title = NOHOST',
    'port = 104',
    '[good]',
    'ae_title = TWICE',
    'host = a',
    'port = 1',
    '[Bad switch]',
    'ae_title = B',
    'host = b',
    'port = 1',
    'tls = perhaps',
  ].join('\r\n')
  const { servers, problems } = readServersIni(text, 11112)
  expect(servers.map(({ name }) => name)).toEqual(['Good'])
  expect(problems.map(({ where }) => where)).toEqual([
    'line 1',
    'line 6',
    'line 7',
    'line 11',
    'line 12',
    'line 15',
    'line 23',
  ])
  expect(problems[3]?.reason).toBe('port: A port is a number from 1 to 65535. [Bad port] is left out.')
  expect(problems[4]?.reason).toBe('[No host] lacks host.')
})

test('names of JavaScript objects are names like any other', () => {
  const { servers, problems } = readServersIni('[__proto__]\nconstructor = 1\nae_title = A\nhost = a\nport = 1', 104)
  expect(servers[0]?.name).toBe('__proto__')
  expect(problems).toHaveLength(1)
})

test('a web interface stands in the file, and what is missing of it is told with its line', () => {
  const head = '[Cloud]\nae_title = X\nhost = pacs.example\nport = 104\n'
  const text = `${head}rest = yes\nrest_url = https://pacs.example/dicom-web\nrest_limit = 100\nrest_send = no\n`
  expect(readServersIni(text, 11112)).toMatchObject({
    servers: [{ restOn: true, restUrl: 'https://pacs.example/dicom-web', restLimit: 100, restSend: false }],
    problems: [],
  })
  expect(readServersIni(`${head}rest = yes\n`, 11112)).toMatchObject({
    servers: [],
    problems: [{ where: 'line 1', reason: expect.stringContaining('rest_url') }],
  })
  expect(readServersIni(`${head}rest_url = file:///etc/passwd\n`, 11112).problems).toMatchObject([{ where: 'line 5' }])
})
