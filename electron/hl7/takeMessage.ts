import type { Archive } from '#electron/archive/openArchive.ts'
import { orderContent } from '#shared/contract/order.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { type AckCode, acknowledgement } from './answer.ts'
import { type Message, NotHl7Error, parseMessage } from './message.ts'
import { type WantedOrder, wantedOrders } from './orders.ts'

type Desk = Pick<Archive, 'reader' | 'writer'>
/** HL7 v2.5.1 4.4: general, imaging and general clinical orders. */
const ORDERS = new Set(['ORM^O01', 'OMI^O23', 'OMG^O19'])
const KEPT_CHARACTERS = 20_000
const ORDERS_MAX = 20

interface Verdict {
  code: AckCode
  outcome: 'created' | 'updated' | 'cancelled' | 'refused' | 'ignored'
  sentence: string
  orderId: number | null
}

/** Does what a message asks and keeps it, both on disk; only then there is an acknowledgement to send. */
export async function takeMessage(desk: Desk, bytes: Buffer, address: string): Promise<string> {
  let message: Message | undefined
  let verdict: Verdict
  try {
    message = parseMessage(bytes)
    verdict = await judge(desk, message)
  } catch (error) {
    if (!(error instanceof NotHl7Error)) throw error
    verdict = { code: 'AR', outcome: 'refused', sentence: error.message, orderId: null }
  }
  const { code, ...input } = verdict
  const content = bytes.toString('utf8').slice(0, KEPT_CHARACTERS)
  await desk.writer.addInput({ kind: 'hl7', source: sourceOf(message) || address, content, ...input })
  return acknowledgement(message, code, verdict.sentence, new Date())
}

/** What is too long to be read is in the list as well. */
export async function refuseOverlong(desk: Desk, address: string): Promise<string> {
  const sentence = 'The message is longer than 1 MB. Send the order without its attachments.'
  await desk.writer.addInput({ kind: 'hl7', source: address, outcome: 'refused', sentence, orderId: null, content: '' })
  return acknowledgement(undefined, 'AR', sentence, new Date())
}

/** Half of a message is nothing; that it came is in the list, and its sender, without an answer, sends it again. */
export async function noteBrokenOff({ writer }: Desk, address: string): Promise<void> {
  const sentence =
    'A message broke off before its end. Nothing of it was taken: its sender has no answer, and sends it again.'
  await writer.addInput({ kind: 'hl7', source: address, outcome: 'refused', sentence, orderId: null, content: '' })
}

async function judge(desk: Desk, message: Message): Promise<Verdict> {
  const type = `${message.text('MSH', 9)}^${message.text('MSH', 9, 2)}`
  const refuse = (code: AckCode, sentence: string): Verdict => ({ code, outcome: 'refused', sentence, orderId: null })
  if (message.text('MSH', 10) === '') return refuse('AR', 'MSH-10, the message control ID, is empty.')
  if (!ORDERS.has(type))
    return refuse('AR', `Messages of type ${type} are not taken. Send ORM^O01, OMI^O23 or OMG^O19.`)
  if (message.count('OBR') > ORDERS_MAX)
    return refuse('AE', `The message holds more than ${ORDERS_MAX} orders. Send them in several messages.`)
  const wanted = wantedOrders(message, await desk.reader.listProcedures(), new Date())
  let last: Verdict = { code: 'AA', outcome: 'ignored', sentence: 'Nothing to do.', orderId: null }
  // All are looked at before the first is done: a message is taken whole or not at all.
  for (const order of wanted) {
    const problem = problemOf(order)
    if (problem !== '') return refuse('AE', problem)
  }
  for (const order of wanted) {
    last = await take(desk, message, order)
    if (last.code !== 'AA') return last
  }
  return last
}

function problemOf({ what, sourceKey, content, studyInstanceUID }: WantedOrder): string {
  if (what === 'nothing') return ''
  if (sourceKey === '') return 'ORC-2, the placer order number, is empty.'
  if (what === 'cancel') return ''
  if (studyInstanceUID !== '' && !isAcceptableUID(studyInstanceUID)) return 'The Study Instance UID is none.'
  const checked = orderContent.safeParse(content)
  if (checked.success) return ''
  const [issue] = checked.error.issues
  return `${fields[String(issue?.path[1])] ?? String(issue?.path[1])}: ${issue?.message ?? 'not valid'}`
}

const fields: Readonly<Record<string, string>> = {
  patientName: 'PID-5',
  birthDate: 'PID-7',
  procedure: 'OBR-4',
  modality: 'OBR-24 or IPC-5',
  stationAETitle: 'IPC-9',
  date: 'OBR-36',
  time: 'OBR-36',
}

async function take(desk: Desk, message: Message, wanted: WantedOrder): Promise<Verdict> {
  const { what, sourceKey, content } = wanted
  if (what === 'nothing')
    return {
      code: 'AA',
      outcome: 'ignored',
      sentence: `Order control ${message.text('ORC', 1)} changes nothing here.`,
      orderId: null,
    }
  if (what === 'cancel') {
    const order = await desk.writer.cancelOrder(sourceKey)
    if (order && order.state !== 'cancelled')
      return {
        ...{ code: 'AE', outcome: 'refused', orderId: order.orderId },
        sentence: `Request ${order.accessionNumber} is not cancelled: its examination has begun.`,
      }
    return order
      ? {
          code: 'AA',
          outcome: 'cancelled',
          sentence: `Request ${order.accessionNumber} is cancelled.`,
          orderId: order.orderId,
        }
      : { code: 'AE', outcome: 'refused', sentence: 'No request has this placer order number.', orderId: null }
  }
  const order = await desk.writer.createOrder({
    content: orderContent.parse(content),
    source: { kind: 'hl7', name: sourceOf(message), serverId: null },
    sourceKey,
    isChange: what === 'change',
    given: {
      accessionNumber: wanted.accessionNumber,
      studyInstanceUID: wanted.studyInstanceUID,
      requestedProcedureID: wanted.requestedProcedureID,
      scheduledProcedureStepID: wanted.scheduledProcedureStepID,
    },
  })
  const isNew = order.createdAt === order.changedAt
  const sentence = isNew
    ? `Request ${order.accessionNumber} is made.`
    : `Request ${order.accessionNumber} is brought up to date.`
  return { code: 'AA', outcome: isNew ? 'created' : 'updated', sentence, orderId: order.orderId }
}

function sourceOf(message: Message | undefined): string {
  return [message?.text('MSH', 3), message?.text('MSH', 4)].filter(Boolean).join(', ').slice(0, 100)
}
