import { expect, test } from 'vitest'
import { curlLine, notificationUrl, orthancLines } from './senderLines.ts'

const sender = { address: '10.0.0.7', port: 8046, tls: false, secret: 'S3cret_-' }

test('the address is one that programs take, also of IPv6 and over TLS', () => {
  expect(notificationUrl(sender)).toBe('http://10.0.0.7:8046/notify')
  expect(notificationUrl({ ...sender, address: 'fe80::1', tls: true })).toBe('https://[fe80::1]:8046/notify')
  expect(notificationUrl({ ...sender, address: '[fe80::1]' })).toBe('http://[fe80::1]:8046/notify')
})

test('each level has lines of its own, with the values in', () => {
  expect(orthancLines('study', sender)).toContain('function OnStableStudy')
  expect(orthancLines('series', sender)).toContain("body['seriesInstanceUID']")
  expect(orthancLines('instance', sender)).toContain("HttpPost('http://10.0.0.7:8046/notify', DumpJson(body), headers)")
  expect(curlLine(sender)).toContain('"Authorization: Bearer S3cret_-"')
})
