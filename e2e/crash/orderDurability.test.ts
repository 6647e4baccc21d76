import { expect, test } from 'vitest'
import { proveOrders } from './orderDurability.ts'
import { parseStraceLog } from './straceLog.ts'

const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
const WAL = '/data/archive.sqlite-wal'
const onLog = `23<${hex(WAL)}>`
const ORDER = {
  order: `8 pwrite64(${onLog}, "${hex('..hl7:VETDESK/CLINIC:N7..')}", 9, 32) = 9`,
  orderSync: `8 fdatasync(${onLog}) = 0`,
  message: `8 pwrite64(${onLog}, "${hex('..|ORM^O01|N7|P..')}", 9, 64) = 9`,
  messageSync: `8 fdatasync(${onLog}) = 0`,
  answer: `7 write(24<TCP:[127.0.0.1:2575->127.0.0.1:50000]>, "${hex('MSA|AA|N7|made')}", 14) = 14`,
}
const prove = (lines: string[]) => proveOrders(parseStraceLog(lines), { port: 2575, walFile: WAL })

test('an acknowledgement after both were written and synced keeps the order', () => {
  expect(prove(Object.values(ORDER))).toEqual({ responses: 1, violations: [] })
})

test.each(Object.keys(ORDER).filter((step) => step !== 'answer'))('without “%s” it does not', (step) => {
  const lines = Object.entries(ORDER).flatMap(([name, line]) => (name === step ? [] : [line]))
  const { violations } = prove(lines)
  // The second sync covers what both wrote.
  expect(violations).toHaveLength(step === 'orderSync' ? 0 : 1)
})

test('nor does one that left before the last sync had ended', () => {
  const { order, orderSync, message, messageSync, answer } = ORDER
  expect(prove([order, orderSync, message, answer, messageSync]).violations).toHaveLength(1)
})
