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
  expect(problems[6]?.reason).toBe('tls: Enter yes or no. [Bad switch] is left out.')
})

test('all that the editor has stands in the file, quoted or not, and a mistyped key is told which one is meant', () => {
  const text = [
    '[Archive]',
    'ae_title = "ARCH"',
    'host = arch.example',
    'port = 104',
    'store_ae_title = ARCH_IN',
    'store_port = 105',
    'studies_shown = last 6 months',
    'retrieve_when = folder',
    'storage_folder = /mnt/arch',
    'search_limit = 0',
    'send_from = 20:00',
    'send_until = 06:00',
    'accepted_syntaxes = uncompressed',
    'liston_port = 7',
    'port = 9',
    'aetitle = X',
    '[Remarked]',
    'ae_title = R',
    'host = r',
    'port = 104 ; the old one',
  ].join('\n')
  const { servers, problems } = readServersIni(text, 11112)
  expect(servers).toMatchObject([
    {
      ...{ aeTitle: 'ARCH', port: 104, storeEndpoint: { aeTitle: 'ARCH_IN', host: 'arch.example', port: 105 } },
      retrieving: { mode: 'folder', folder: '/mnt/arch', searchLimit: 0 },
      queryDates: { kind: 'last', count: 6, unit: 'months' },
      ...{ sendHours: { from: '20:00', to: '06:00' }, acceptedSyntaxes: 'uncompressed' },
    },
  ])
  expect(problems).toEqual([
    { where: 'line 14', reason: '"liston_port" is not known; is listen_port meant?' },
    { where: 'line 15', reason: 'port stands in [Archive] twice; the first one is used.' },
    { where: 'line 16', reason: '"aetitle" is not known; is ae_title meant?' },
    {
      where: 'line 20',
      reason: 'port: A port is a number from 1 to 65535. A remark needs a line of its own. [Remarked] is left out.',
    },
  ])
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
