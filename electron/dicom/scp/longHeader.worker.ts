import { parentPort } from 'node:worker_threads'
import { indexInstance } from '#electron/archive/ingest.ts'
import { readHeaderFromFile } from '../part10/readHeader.ts'
import { checkHeader } from './checkHeader.ts'
import type { LongHeaderAnswer, LongHeaderRequest } from './longHeaders.ts'
import { toDimseError } from './toDimseError.ts'

/** Headers of megabytes take seconds to read when they are made to: the sockets must not wait for that. */
parentPort?.on('message', ({ id, path, announced, stored, source }: LongHeaderRequest) => {
  let answer: LongHeaderAnswer
  try {
    const header = readHeaderFromFile(path)
    checkHeader(header, announced)
    answer = { id, instance: indexInstance(header, stored, source) }
  } catch (error) {
    const { status, message } = toDimseError(error)
    answer = { id, refusal: { status, message } }
  }
  parentPort?.postMessage(answer)
})
