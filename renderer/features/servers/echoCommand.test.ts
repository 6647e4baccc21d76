import { expect, test } from 'vitest'
import { echoCommand, echoFiles } from './echoCommand.ts'

const server = {
  ...{ aeTitle: 'PACS', host: '10.0.4.12', port: 104, tls: false, verifyCertificate: true },
  ...{ trust: 'system' as const, clientCertificate: true },
}
const secured = { ...server, tls: true, port: 2762 }

test('the command line tests what we test', () => {
  expect(echoCommand('US', server, true)).toBe('echoscu -aet US -aec PACS 10.0.4.12 104')
  expect(echoCommand('US', secured, false)).toBe('echoscu +tla +cd /etc/ssl/certs -aet US -aec PACS 10.0.4.12 2762')
  expect(echoCommand('US', { ...secured, verifyCertificate: false }, false)).toContain('+tla -ic')
})

test('with certificates it names the files and says what they are', () => {
  const mutual = { ...secured, trust: 'authorities' as const }
  expect(echoCommand('US', mutual, true)).toContain('+tls key.pem certificate.pem +cf authorities.pem')
  expect(echoFiles(mutual, true)).toBe(
    'key.pem and certificate.pem are ours; authorities.pem holds the authorities of Settings.',
  )
  expect(echoCommand('US', { ...mutual, clientCertificate: false }, true)).toContain('+tla +cf authorities.pem')
  expect(echoFiles(server, true)).toBe('')
})

test('an AE title of an imported list does not become a command', () => {
  expect(echoCommand('US', { ...server, aeTitle: 'A;reboot' }, true)).toContain('-aec "A;reboot" 10.0.4.12')
  expect(echoCommand('US', { ...server, aeTitle: '$(reboot)' }, true)).toContain('-aec VALUE 10.0.4.12')
})
