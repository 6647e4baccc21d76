import { expect, test } from 'vitest'
import { readWebAddress, webAddressProblem } from './webAddress.ts'

test('the parts of an address, with the usual ports', () => {
  expect(readWebAddress('https://PACS.example/dicom-web/')).toEqual({
    ...{ secure: true, host: 'pacs.example', port: 443 },
    ...{ origin: 'https://pacs.example', path: '/dicom-web' },
  })
  expect(readWebAddress('http://10.0.0.5:8042')).toMatchObject({ secure: false, port: 8042, path: '' })
  expect(readWebAddress('https://[fd00::5]:8443/dcm4chee-arc/aets/DCM4CHEE/rs')).toMatchObject({
    ...{ host: 'fd00::5', port: 8443, origin: 'https://[fd00::5]:8443', path: '/dcm4chee-arc/aets/DCM4CHEE/rs' },
  })
  expect(readWebAddress('http://pacs:80/x')?.origin).toBe('http://pacs')
})

test.each([
  'pacs.example/dicom-web',
  'file:///etc/passwd',
  'ftp://pacs.example',
  'javascript:alert(1)',
  'https://user:secret@pacs.example/',
  'https://pacs.example/?x=1',
  'https://pacs.example/#x',
  'https://pacs.example/a/../b',
  'https://pacs.example/%2e%2e/b',
  'https://pacs.example:0/',
  'https://pacs.example:65536/',
  'https://pa cs.example/',
  'https://pacs.example\\@evil.example/',
  'https:///dicom-web',
  'https://pacs.example/\r\nHost: evil',
  'http://169.254.169.254/latest/meta-data',
  'http://[::ffff:169.254.169.254]/',
  'http://metadata.google.internal/',
])('%j is no address of a server', (text) => {
  expect(webAddressProblem(text)).toMatch(/^[A-Z].{20,}/)
})
