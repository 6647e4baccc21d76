import { expect, test } from 'vitest'
import { echoCommand } from './echoCommand.ts'

const server = { aeTitle: 'PACS', host: '10.0.4.12', port: 104, tls: false, verifyCertificate: true }

test('the command line tests what we test', () => {
  expect(echoCommand('US', server)).toBe('echoscu -aet US -aec PACS 10.0.4.12 104')
  expect(echoCommand('US', { ...server, tls: true })).toBe('echoscu +tla -aet US -aec PACS 10.0.4.12 104')
  expect(echoCommand('US', { ...server, tls: true, verifyCertificate: false })).toContain('+tla -ic')
})
