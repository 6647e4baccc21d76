import { expect, test } from 'vitest'
import { proveDurability } from './durability.ts'
import { parseStraceLog } from './straceLog.ts'

const UID = '1.2.3'
const FINAL = '/data/storage/000001/aa.dcm'
const hex = (bytes: Uint8Array | string) =>
  [...Buffer.from(bytes as string)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
const file = (number: number, path: string) => `${number}<${hex(path)}>`
const quoted = (text: Uint8Array | string) => `"${hex(text)}"`

function element(number: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(number, 2)
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}

const response = (() => {
  const command = Buffer.concat([
    element(0x0100, Buffer.from([0x01, 0x80])),
    element(0x0900, Buffer.from([0, 0])),
    element(0x1000, Buffer.from(`${UID}\0`)),
  ])
  const head = Buffer.from([4, 0, 0, 0, 0, command.length + 6, 0, 0, 0, command.length + 2, 1, 3])
  return Buffer.concat([head, command])
})()

/** What a store looks like that keeps the order; thread 7 receives, thread 8 keeps the index. */
const ORDER = {
  made: `7 mkdir(${quoted('/data/storage/000001')}, 0700) = 0`,
  madeSynced: `7 fsync(${file(20, '/data/storage')}) = 0`,
  written: `7 write(${file(21, '/data/storage/tmp/x')}, ${quoted('pixels')}, 6) = 6`,
  rename: `7 rename(${quoted('/data/storage/tmp/x')}, ${quoted(FINAL)}) = 0`,
  dataSync: `7 fdatasync(${file(21, FINAL)}) = 0`,
  directorySync: `7 fsync(${file(22, '/data/storage/000001')}) = 0`,
  logged: `8 pwrite64(${file(23, '/data/archive.sqlite-wal')}, ${quoted(`..${UID}..`)}, 9, 32) = 9`,
  logSync: `8 fdatasync(${file(23, '/data/archive.sqlite-wal')}) = 0`,
  answer: `7 write(24<TCP:[127.0.0.1:11112->127.0.0.1:50000]>, ${quoted(response)}, ${response.length}) = ${response.length}`,
}

function prove(lines: string[]) {
  return proveDurability(parseStraceLog(lines), {
    dicomPort: 11112,
    walFile: '/data/archive.sqlite-wal',
    files: new Map([[UID, FINAL]]),
  })
}

test('the right order has no violation', () => {
  expect(prove(Object.values(ORDER))).toEqual({ responses: 1, violations: [] })
})

const steps = Object.keys(ORDER).filter((key) => key !== 'made' && key !== 'answer') as (keyof typeof ORDER)[]

test.each(steps)('a store without %s is a violation', (step) => {
  const lines = Object.entries(ORDER)
  expect(prove(lines.filter(([key]) => key !== step).map(([, line]) => line)).violations).toHaveLength(1)
})

test.each(steps)('a store whose %s comes after the answer is a violation', (step) => {
  const others = Object.entries(ORDER).filter(([key]) => key !== step)
  expect(prove([...others.map(([, line]) => line), ORDER[step]]).violations).toHaveLength(1)
})

test.each(['dataSync', 'directorySync', 'logSync'])('a %s that failed does not count', (step) => {
  const lines = Object.entries(ORDER).map(([key, line]) => (key === step ? line.replace('= 0', '= -1 EIO') : line))
  expect(prove(lines).violations).toHaveLength(1)
})

test.each(['dataSync', 'directorySync'] as const)('a row that is written before the %s is a violation', (step) => {
  const { logged, logSync, ...rest } = ORDER
  const lines = Object.entries(rest).flatMap(([key, line]) => (key === step ? [logged, logSync, line] : [line]))
  expect(prove(lines).violations).toEqual([`${UID}: the index had not written it after file and directory were synced`])
})

test('a sync that had begun but not ended when the answer left does not count', () => {
  const { logSync, answer, ...rest } = ORDER
  const begun = `${logSync.slice(0, logSync.indexOf(')'))} <unfinished ...>`
  expect(prove([...Object.values(rest), begun, answer, '8 <... fdatasync resumed>) = 0']).violations).toHaveLength(1)
  expect(prove([...Object.values(rest), begun, '8 <... fdatasync resumed>) = 0', answer]).violations).toEqual([])
})
