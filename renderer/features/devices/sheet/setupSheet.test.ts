import { expect, test } from 'vitest'
import type { DeviceGuide, Reach } from '#shared/contract/devices.ts'
import { addressFor } from './addressFor.ts'
import { batScript, scriptValues, shScript } from './deviceScripts.ts'
import { guideOf } from './guideOf.ts'
import { fileNameOf } from './saveFile.ts'
import { setupSheet } from './setupSheet.ts'
import { sheetMarkdown } from './sheetMarkdown.ts'
import { sheetPdf } from './sheetPdf.ts'

const reach: Reach = {
  ...{ checkedAt: 0, platform: 'windows', aeTitle: 'NEGATOSCOPE', port: 11112, tlsPort: null, program: 'C:\\n.exe' },
  addresses: [
    { address: '192.168.1.5', interface: 'wlan', prefix: 24, listens: true },
    { address: '10.0.4.31', interface: 'eth0', prefix: 22, listens: true },
  ],
  firewall: { state: 'unknown', sentence: '', tool: '' },
  lastFromOutside: null,
}
const device = {
  ...{
    aeTitle: 'CT_SCANNER_1',
    address: '10.0.6.40',
    vendor: 'GE',
    model: 'Revolution',
    modality: 'CT',
    place: 'room 2',
  },
}
const guides: DeviceGuide[] = [
  {
    vendor: 'GE',
    matches: ['ge'],
    systems: [{ name: 'CT', path: ['Service Mode', 'Add Remote Node'], note: 'Or not.', modalities: [], source: '' }],
    notes: [],
  },
  {
    vendor: 'Other',
    matches: [],
    systems: [{ name: 'Any', path: ['Setup'], note: '', modalities: [], source: '' }],
    notes: [],
  },
]
const now = new Date(2026, 10, 21).getTime()
const sheet = setupSheet(device, reach, guides, now)

test('the sheet has our values, with the address in the network of the device', () => {
  expect(sheet.values.map(({ value }) => value)).toEqual(['NEGATOSCOPE', '10.0.4.31', '11112', 'CT_SCANNER_1'])
  expect(sheet).toMatchObject({ title: 'Connect this scanner', subtitle: 'GE Revolution, CT, room 2, 21 Nov 2026' })
  expect(sheet.firewall[0]?.commands[0]).toBe(
    'netsh advfirewall firewall add rule name="Negatoscope DICOM 11112" dir=in action=allow protocol=TCP localport=11112',
  )
  expect(sheet.remarks.join(' ')).toContain('further addresses: 192.168.1.5')
})

test('the address is that of the same network, else the first, else IPv6', () => {
  expect(addressFor('192.168.1.77', reach.addresses)).toBe('192.168.1.5')
  expect(addressFor('', reach.addresses)).toBe('192.168.1.5')
  expect(addressFor('', [{ address: 'fd00::1', interface: 'e', prefix: 64, listens: true }])).toBe('fd00::1')
  expect(addressFor('', [])).toBeUndefined()
})

test('the vendor is known as people write it, anything else has the general way', () => {
  expect(['GE', 'ge Healthcare', 'General GE'].map((vendor) => guideOf(vendor, guides)?.vendor)).toEqual([
    'GE',
    'GE',
    'GE',
  ])
  expect(['Geotec', ''].map((vendor) => guideOf(vendor, guides)?.vendor)).toEqual(['Other', 'Other'])
})

test('the sheet says of each menu where it stands, or that nobody checked it', () => {
  expect(sheet.systems[0]?.note).toBe('Or not. This way was not checked against a manual of GE.')
  for (const text of [sheetMarkdown(sheet), new TextDecoder('latin1').decode(sheetPdf(sheet))])
    expect(text).toContain('not checked against a manual of GE')
  const [ge, other] = guides
  const known = { ...ge!, systems: ge!.systems.map((one) => ({ ...one, source: 'GE, user manual of 2020' })) }
  expect(setupSheet(device, reach, [known], now).systems[0]?.note).toBe('Or not. From: GE, user manual of 2020.')
  expect(setupSheet({ ...device, vendor: '' }, reach, [ge!, other!], now).systems[0]?.note).toBe('')
})

test('nothing that listens, or TLS alone, is said before somebody goes to the device', () => {
  const closed = setupSheet(device, { ...reach, port: null }, guides, now)
  expect(closed.remarks[0]).toMatch(/Nothing listens yet/)
  expect(closed.firewall).toEqual([])
  expect(setupSheet(device, { ...reach, port: null, tlsPort: 2762 }, guides, now).remarks[0]).toMatch(/port for TLS/)
})

test('the Markdown holds every part, and no markup of a device', () => {
  const text = sheetMarkdown(setupSheet({ ...device, aeTitle: 'A|B`C', place: '<b>x</b>' }, reach, guides, now))
  expect(text).toContain('# Connect this scanner')
  expect(text).toContain('Service Mode')
  expect(text).toContain('- [ ] Phantom scan sent')
  expect(text).toContain("`A\\|B'C`")
  expect(text).not.toContain('<b>')
})

test('the PDF is whole: its table points at its objects, its streams are as long as they say', () => {
  const bytes = sheetPdf(sheet)
  const text = new TextDecoder('latin1').decode(bytes)
  expect(text).toMatch(/^%PDF-1\.4\n/)
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  expect(text.slice(start, start + 4)).toBe('xref')
  const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
  for (const [index, offset] of offsets.entries()) expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`))
  for (const [, length, content] of text.matchAll(/<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
    expect(content?.length).toBe(Number(length))
  expect(text).toContain('(CT_SCANNER_1) Tj')
})

test('letters that the fonts of a PDF lack are not printed as question marks', () => {
  expect(sheetPdf(setupSheet({ ...device, place: 'Gerät Jiří' }, reach, guides, now))).toBeDefined()
  expect(sheetPdf(setupSheet({ ...device, place: 'Рентген' }, reach, guides, now))).toBeUndefined()
})

test('a value that a command line could misread never reaches a script', () => {
  const values = { ...scriptValues(sheet), deviceAETitle: `X' & calc` }
  expect(batScript(values)).toContain('set "CALLING="\r\n')
  expect(shScript(values)).toContain("CALLING=''")
  expect(batScript(values)).toContain('set "PACS=10.0.4.31"\r\n')
  expect(fileNameOf('../../X Y')).toBe('-X-Y')
})

const long = (name: string, modalities: string[]) => ({
  ...{
    name,
    modalities,
    path: ['Utility or Configuration', 'Connectivity and network', 'DICOM device', 'Add'],
    source: '',
  },
  note: 'Then Connectivity, Service: add DICOM image storage for that device, and Connectivity, Dataflow: choose it as an output. Some need the service key: then the vendor enters it.',
})
const wordy: DeviceGuide = {
  ...{ vendor: 'GE', matches: ['ge'], systems: [long('Consoles', ['CT', 'MR']), long('Ultrasound', ['US'])] },
  notes: ['Names and places of menus differ by model and software release.', 'A host name may not hold blanks.'],
}

test('the PDF is one page however much there is to say, and only the menus of its kind stand there', () => {
  for (const modality of ['CT', 'MR', 'US', 'DX', 'ES', 'IO', 'PT', '']) {
    const one = setupSheet({ ...device, modality }, reach, [wordy], now)
    const text = new TextDecoder('latin1').decode(sheetPdf(one))
    expect(/\/Count \d+/.exec(text)?.[0], modality).toBe('/Count 1')
    expect(one.systems).toHaveLength(['CT', 'MR', 'US'].includes(modality) ? 1 : 2)
  }
})
