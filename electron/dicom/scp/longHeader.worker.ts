import { parentPort } from 'node:worker_threads'
import { indexInstance } from '#electron/archive/ingest.ts'
import { readHeaderFromFile } from '../part10/readHeader.ts'
import { checkHeader } from './checkHeader.ts'
import type { LongHeaderAnswer, LongHeaderRequest } from './longHeaders.ts'
import { toDimseError } from './toDimseError.ts'

/** Headers of megabytes take seconds to read when they are made to: the sockets must not wait for that. */
parentPort?.on('message', (request: LongHeaderRequest | 'close') => {
  if (request === 'close') parentPort?.close()
  else parentPort?.postMessage(answerTo(request))
})

function answerTo({ id, path, announced, stored, source }: LongHeaderRequest): LongHeaderAnswer {
  try {
    const header = readHeaderFromFile(path)
    checkHeader(header, announced)
    return { id, instance: indexInstance(header, stored, source) }
  } catch (error) {
    const { status, message } = toDimseError(error)
    return { id, refusal: { status, message } }
  }
}
