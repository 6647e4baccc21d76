import { sourceKeyOf } from '../peers/mllpSender.ts'
import type { Proof } from './durability.ts'
import type { SystemCall } from './straceLog.ts'

const MARKS = /(hl7:VETDESK\/CLINIC:|\|ORM\^O01\|)(\w{1,12})/g
const isSync = ({ name }: SystemCall) => name === 'fdatasync' || name === 'fsync'
const isWrite = ({ name }: SystemCall) => ['write', 'writev', 'pwrite64'].includes(name)

/**
 * For every AA that left the HL7 port: the index's log had received the order, and the message with what became of it, and
 * was synced after both, before the first byte of the acknowledgement.
 */
export function proveOrders(calls: SystemCall[], { port, walFile }: { port: number; walFile: string }): Proof {
  const succeeded = calls.filter((call) => call.succeeded)
  const ofLog = succeeded.filter(({ paths }) => paths[0] === walFile)
  const written = firstWrites(ofLog.filter(isWrite))
  const syncs = ofLog.filter(isSync)
  const answers = succeeded.flatMap((call) =>
    isOfPort(call, port)
      ? [...call.data.toString('latin1').matchAll(/MSA\|AA\|(\w+)\|/g)].map((match) => ({
          call,
          number: match[1] ?? '',
        }))
      : [],
  )
  const violations = answers.flatMap(({ call, number }) => {
    const durable = (text: string) => {
      const write = written.get(text)
      return write !== undefined && syncs.some(({ start, end }) => start > write.end && end < call.start)
    }
    if (!durable(sourceKeyOf(number))) return [`${number}: acknowledged before its request was on disk`]
    if (!durable(`|ORM^O01|${number}`)) return [`${number}: acknowledged before its message was on disk`]
    return []
  })
  return { responses: answers.length, violations }
}

/**
 * What each order left in the log, by the write that had it first: pages are written again with the orders that follow. A
 * number may be followed by anything, so that every beginning of what follows is one.
 */
function firstWrites(writes: readonly SystemCall[]): Map<string, SystemCall> {
  const first = new Map<string, SystemCall>()
  for (const write of writes.toSorted((a, b) => a.end - b.end)) {
    for (const [, mark = '', rest = ''] of write.data.toString('latin1').matchAll(MARKS))
      for (let length = 1; length <= rest.length; length += 1) {
        const text = mark + rest.slice(0, length)
        if (!first.has(text)) first.set(text, write)
      }
  }
  return first
}

function isOfPort({ paths }: SystemCall, port: number): boolean {
  return paths[0]?.startsWith('TCP') === true && new RegExp(`:${port}->`).test(paths[0])
}
