import { AssociationError } from '#electron/dicom/associationError.ts'
import type { InstanceToSend, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { readJson } from './readJson.ts'
import { outcomesOf } from './stowAnswer.ts'
import { type Batch, closeBatch, openBatch } from './stowBody.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'

/** A person sees images arrive one after the other, and a request that fails costs little. */
const BATCH_IMAGES = 10
const BATCH_BYTES = 32 * 1024 * 1024

/** STOW-RS (PS3.18 10.5). Each instance gets one outcome; why the connection broke comes last, as with C-STORE. */
export async function* stow(
  server: WebServer,
  instances: readonly InstanceToSend[],
  signal: AbortSignal,
): AsyncGenerator<SendOutcome> {
  let failure: unknown
  for (const group of batches(instances)) {
    if (failure !== undefined) {
      yield* group.map((instance) => unsent(instance))
      continue
    }
    try {
      for await (const outcome of sendGroup(server, group, signal)) yield outcome
    } catch (error) {
      failure = error
      yield* group.map((instance) => unsent(instance))
    }
  }
  if (failure !== undefined) throw failure
}

async function* sendGroup(
  server: WebServer,
  group: readonly InstanceToSend[],
  signal: AbortSignal,
): AsyncGenerator<SendOutcome> {
  const batch = await openBatch(group)
  try {
    yield* batch.unreadable.map((instance) => ({
      ...{ instanceId: instance.instanceId, sopInstanceUID: instance.sopInstanceUID, status: undefined, bytes: 0 },
      ...{ outcome: 'failure' as const, note: 'The stored file cannot be read.', hindrance: 'hindered' as const },
    }))
    if (batch.files.length === 0) return
    yield* await post(server, batch, signal)
  } finally {
    await closeBatch(batch)
  }
}

/** A server that refuses a whole request does not say which of its images is at fault: then one by one. */
async function post(server: WebServer, batch: Batch, signal: AbortSignal): Promise<SendOutcome[]> {
  const { files } = batch
  try {
    const response = await webCall(server, requestOf(server, batch), signal)
    return outcomesOf(await readJson(response, server, signal), files, server)
  } catch (error) {
    if (!isAboutImages(error)) throw error
    if (files.length === 1) return outcomesOf(undefined, files, server, error)
    const single: SendOutcome[] = []
    for (const file of files) single.push(...(await post(server, { ...batch, files: [file] }, signal)))
    return single
  }
}

function requestOf(server: WebServer, batch: Batch) {
  const { boundary, length, body } = batch.multipart(batch.files)
  return {
    method: 'POST' as const,
    path: `${server.dicomwebPath}/studies`,
    headers: {
      accept: 'application/dicom+json',
      'accept-encoding': 'gzip',
      'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      'content-length': String(length),
    },
    body,
  }
}

/** PS3.18 10.5.3.1: 400 and 409 for images that it does not take, 413 and 415 for their size and form. */
function isAboutImages(error: unknown): error is AssociationError {
  const status = error instanceof AssociationError ? error.details.status : undefined
  return status !== undefined && [400, 409, 413, 415, 422].includes(status)
}

function* batches(instances: readonly InstanceToSend[]): Generator<InstanceToSend[]> {
  let group: InstanceToSend[] = []
  let bytes = 0
  for (const instance of instances) {
    if (group.length >= BATCH_IMAGES || (group.length > 0 && bytes + instance.bytes > BATCH_BYTES)) {
      yield group
      group = []
      bytes = 0
    }
    group.push(instance)
    bytes += instance.bytes
  }
  if (group.length > 0) yield group
}

function unsent({ instanceId, sopInstanceUID }: InstanceToSend): SendOutcome {
  const note = 'No answer: the connection ended.'
  return { instanceId, sopInstanceUID, status: undefined, outcome: 'failure', note, bytes: 0, hindrance: 'unsent' }
}
