import { expect, test } from 'vitest'
import { PduReader } from './pduReader.ts'
import { InvalidPdu } from './pduType.ts'

function reader() {
  const seen: string[] = []
  const it = new PduReader(
    {
      onPdu: (type, body) => seen.push(`pdu ${type} ${body.toString('hex')}`),
      onDataPdu: () => true,
      onFragment: (contextId, control, bytes, end) =>
        seen.push(`${contextId}/${control} ${bytes.toString('latin1')}${end ? '.' : ''}`),
    },
    1024 * 1024,
  )
  return { it, seen, feed: (hex: string) => it.feed(Buffer.from(hex, 'hex')) }
}

const pdv = (control: string, text: string) =>
  `${(text.length + 2).toString(16).padStart(8, '0')}01${control}${Buffer.from(text).toString('hex')}`
const dataPdu = (content: string) => `0400${(content.length / 2).toString(16).padStart(8, '0')}${content}`

test('values reach the handler in the parts in which they came', () => {
  const { seen, feed } = reader()
  const bytes = dataPdu(pdv('01', 'abcd') + pdv('02', 'ef'))
  feed(bytes.slice(0, 28))
  feed(bytes.slice(28))
  expect(seen).toEqual(['1/1 ab', '1/1 cd.', '1/2 ef.'])
})

test('cut at every place, the same values come out', () => {
  const release = '05000000000400000000'
  const bytes = [dataPdu(pdv('01', 'ab') + pdv('03', '')), dataPdu(pdv('02', 'cd')), release].join('')
  for (let cut = 2; cut < bytes.length; cut += 2) {
    const { seen, feed } = reader()
    feed(bytes.slice(0, cut))
    feed(bytes.slice(cut))
    const text = seen.join('').replaceAll('1/1 ', '').replaceAll('1/2 ', '').replaceAll('1/3 ', '')
    expect(text).toBe('ab..cd.pdu 5 00000000')
  }
})

test('while paused nothing is delivered, then everything in order', () => {
  const { it, seen, feed } = reader()
  it.pause()
  feed(dataPdu(pdv('02', 'ab')))
  feed('05000000000400000000')
  expect(seen).toEqual([])
  expect(it.resume()).toBe(true)
  expect(seen).toEqual(['1/2 ab.', 'pdu 5 00000000'])
})

test.each([
  ['a type that does not exist', '0900000000040000'],
  ['a text protocol', Buffer.from('GET / HTTP/1.1').toString('hex')],
  ['a P-DATA-TF of 4 GB', '0400ffffffff'],
  ['a P-DATA-TF without a value', '040000000000'],
  ['an A-ASSOCIATE-RQ of 4 GB', '0100ffffffff'],
  ['an A-ABORT of five bytes', '070000000005'],
  ['a value longer than its PDU', `0400000000080000000${'7'}01020000`],
  ['a value of one byte', '04000000000600000001010'.padEnd(24, '0')],
  ['a value of 2 GB', '0400000000087fffffff01020000'],
])('%s is refused', (_, hex) => {
  const { feed } = reader()
  expect(() => feed(hex)).toThrow(InvalidPdu)
})

test('what an unfinished association request claims is not allocated', () => {
  const { feed } = reader()
  const before = process.memoryUsage().arrayBuffers
  feed('010000080000')
  feed('00'.repeat(100))
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000)
})

test('an association PDU too short for its fixed fields is refused by its header, not waited for', () => {
  for (const type of ['01', '02'])
    for (const length of ['00000000', '00000043']) {
      const { feed } = reader()
      expect(() => feed(`${type}00${length}`)).toThrow(InvalidPdu)
    }
})
