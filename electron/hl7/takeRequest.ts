import { isDeepStrictEqual } from 'node:util'
import type { Archive } from '#electron/archive/openArchive.ts'
import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'
import type { JsonAnswer } from '#electron/jsonServer/jsonServer.ts'
import { type Order, type OrderContent, orderContent } from '#shared/contract/order.ts'
import { animalNamed } from '#shared/dicom/animalName.ts'
import { COLUMNS, RequestFileError, readRequests } from './requestFile.ts'

type Desk = Pick<Archive, 'reader' | 'writer'>

interface Given {
  id: string
  text: string
  problem: string
}

/** Which request a body is about; what it holds is looked at when it is taken. */
export function readRequest(body: Buffer, id: string | undefined): Given {
  const text = body.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { id: id ?? '', text, problem: 'The body is no JSON.' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { id: id ?? '', text, problem: 'The body is one object: name, procedure and so on.' }
  const own = (value as Record<string, unknown>).id
  const said = typeof own === 'string' || typeof own === 'number' ? String(own) : ''
  const key = id ?? said
  const stranger = Object.keys(value).find((name) => !COLUMNS.has(name.toLowerCase()))
  if (!/^[\x21-\x7e]{1,100}$/.test(key))
    return { id: '', text, problem: 'The id by which you know the order is missing: 1 to 100 signs without blanks.' }
  if (id !== undefined && said !== '' && said !== id)
    return { id, text, problem: 'The id of the body is another one than that of the address.' }
  if (stranger !== undefined)
    return {
      id: key,
      text,
      problem: `There is no field "${stranger.slice(0, 40)}". The guide lists those that there are.`,
    }
  return { id: key, text, problem: '' }
}

/** Keeps an order and what became of it; the same order sent again changes nothing. */
export async function takeRequest({ reader, writer }: Desk, { id, text, problem }: Given): Promise<JsonAnswer> {
  const note = (outcome: 'created' | 'updated' | 'refused' | 'ignored', sentence: string, orderId: number | null) =>
    writer.addInput({ kind: 'rest', source: id, outcome, sentence, orderId, content: text.slice(0, 20_000) })
  const refuse = async (status: number, sentence: string): Promise<never> => {
    await note('refused', sentence, null)
    throw new CallRefusal(status, sentence)
  }
  if (problem !== '') return refuse(/JSON|object/.test(problem) ? 400 : 422, problem)
  const { content, problem: wrong } = await contentOf(reader, text)
  if (!content) return refuse(422, wrong)
  const sourceKey = `rest:${id}`
  const known = await reader.orderOfSource(sourceKey)
  if (known && isSame(known, content)) {
    const sentence = `Request ${known.accessionNumber} is here already.`
    await note('ignored', sentence, known.orderId)
    return answerOf(200, id, known, 'unchanged', sentence)
  }
  const order = await writer.createOrder({ content, source: { kind: 'rest', name: 'REST', serverId: null }, sourceKey })
  const isNew = order.createdAt === order.changedAt
  const sentence = `Request ${order.accessionNumber} is ${isNew ? 'made' : 'brought up to date'}.`
  await note(isNew ? 'created' : 'updated', sentence, order.orderId)
  return answerOf(isNew ? 201 : 200, id, order, isNew ? 'created' : 'updated', sentence)
}

export async function cancelRequest({ writer }: Desk, id: string): Promise<JsonAnswer> {
  const order = await writer.cancelOrder(`rest:${id}`)
  const hasBegun = order !== undefined && order.state !== 'cancelled'
  const sentence = !order
    ? 'No order has this id.'
    : `Request ${order.accessionNumber} is ${hasBegun ? 'not cancelled: its examination has begun' : 'cancelled'}.`
  const outcome = order && !hasBegun ? 'cancelled' : 'refused'
  const orderId = order?.orderId ?? null
  await writer.addInput({ kind: 'rest', source: id, outcome, sentence, orderId, content: '' })
  if (!order || hasBegun) throw new CallRefusal(order ? 409 : 404, sentence)
  return answerOf(200, id, order, 'cancelled', sentence)
}

async function contentOf(reader: Desk['reader'], text: string): Promise<{ content?: OrderContent; problem: string }> {
  try {
    const [first] = readRequests('order.json', text, await reader.listProcedures(), new Date())
    if (first?.cancel) return { problem: 'An order is cancelled by DELETE.' }
    return first?.content
      ? { content: first.content, problem: '' }
      : { problem: first?.problem ?? 'Nothing is asked for.' }
  } catch (error) {
    if (error instanceof RequestFileError) return { problem: error.message }
    throw error
  }
}

/** Without an ID of its own a patient was given one here, and without a day the order was for the day on which it came. */
function isSame({ patient, request }: Order, wanted: OrderContent): boolean {
  const content = orderContent.parse({ patient, request })
  const filled = { ...wanted.patient, patientId: wanted.patient.patientId || content.patient.patientId }
  const known = wholeNames(content.patient)
  return isDeepStrictEqual({ ...content, patient: known }, { patient: filled, request: wanted.request })
}

/** Of an animal that was asked for by its own name alone, as earlier versions took it: what a device was told stays so. */
function wholeNames(patient: OrderContent['patient']): OrderContent['patient'] {
  return patient.kind === 'animal' ? animalNamed(patient) : patient
}

function answerOf(status: number, id: string, order: Order, outcome: string, sentence: string): JsonAnswer {
  const { accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID, state, patient } = order
  const made = { accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID }
  return { status, body: { id, outcome, sentence, state, patientId: patient.patientId, ...made } }
}
