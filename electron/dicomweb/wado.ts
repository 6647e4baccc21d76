import type { IncomingMessage } from 'node:http'
import { AssociationError } from '#electron/dicom/associationError.ts'
import type { GetStep, MoveProgress, RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import { Channel } from './channel.ts'
import { type PartTarget, WadoAnswer } from './wadoAnswer.ts'
import { type WadoRequest, wadoRequests } from './wadoRequests.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'
import { badAnswer } from './webFailure.ts'

/** Single images are asked for side by side: each waits for the server's disk and for ours. */
const SIDE_BY_SIDE = 4
const STEPS_AHEAD = 64

/** PS3.18 8.7.3: as it is stored there; without the star a server must unpack what is compressed. */
const AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*'
const PLAIN = 'multipart/related; type="application/dicom", application/dicom;q=0.8'

/** WADO-RS (PS3.18 10.4) of a study, its series, or single images. Steps come as images are kept; the last is the sum. */
export async function* wado(
  server: WebServer,
  keys: RetrieveKeys,
  target: PartTarget,
  signal: AbortSignal,
): AsyncGenerator<GetStep> {
  const requests = wadoRequests(keys)
  if (!requests) throw badAnswer(`${server.name} was to be asked for something whose UID is none.`, 'UID')
  const steps = new Channel<GetStep>()
  const left = new AbortController()
  const stop = AbortSignal.any([signal, left.signal])
  const { studyInstanceUID = '', oneByOne = false } = keys
  const work = new Retrieval({ server, target, steps, studyInstanceUID, atOnce: oneByOne ? 1 : SIDE_BY_SIDE }, requests)
  void work.run(stop).then(
    () => steps.end(),
    (error: unknown) => steps.end(error),
  )
  try {
    yield* steps.read()
    yield { kind: 'progress', progress: work.sum() }
  } finally {
    left.abort()
  }
}

interface RetrievalParts {
  server: WebServer
  target: PartTarget
  steps: Channel<GetStep>
  studyInstanceUID: string
  atOnce: number
}

class Retrieval {
  private readonly parts: RetrievalParts
  private readonly requests: WadoRequest[]
  private readonly missing: string[] = []
  private accept = AS_STORED
  private next = 0
  private kept = 0
  private refused = 0
  /** Answers that were a part of what was asked for. */
  private parted = 0

  constructor(parts: RetrievalParts, requests: WadoRequest[]) {
    this.parts = parts
    this.requests = requests
  }

  /** The first failure of a connection ends it; what is under way is kept first. */
  async run(signal: AbortSignal): Promise<void> {
    const failed = new AbortController()
    const stop = AbortSignal.any([signal, failed.signal])
    let failure: unknown
    const worker = async () => {
      for (let at = this.take(); at && !stop.aborted; at = this.take()) {
        try {
          await this.one(at, stop)
        } catch (error) {
          failure ??= error
          failed.abort()
        }
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.parts.atOnce, this.requests.length) }, worker))
    if (failure !== undefined) throw failure
  }

  private take(): WadoRequest | undefined {
    const request = this.requests[this.next]
    this.next += 1
    return request
  }

  private async one({ resource, sopInstanceUID }: WadoRequest, signal: AbortSignal): Promise<void> {
    const { server, target, steps, studyInstanceUID } = this.parts
    let response: IncomingMessage
    try {
      response = await this.ask(resource, signal)
    } catch (error) {
      const status = error instanceof AssociationError ? error.details.status : undefined
      if (sopInstanceUID === undefined || (status !== 404 && status !== 410)) throw error
      this.missing.push(sopInstanceUID)
      return
    }
    const answer = new WadoAnswer({ server, target, asked: { studyInstanceUID, sopInstanceUID } }, (event) => {
      if (event.outcome === 'refused') this.refused += 1
      else this.kept += 1
      // What does not even say which image it is counts as not sent.
      if (event.sopInstanceUID !== '') steps.push({ kind: 'received', event })
    })
    await answer.read(response, signal, () => steps.room(STEPS_AHEAD))
    // PS3.18 Table 10.4.3-1: some could not be given; how many, nobody says.
    if (response.statusCode === 206) this.parted += 1
    if (sopInstanceUID !== undefined && answer.count === 0) this.missing.push(sopInstanceUID)
  }

  private async ask(resource: string, signal: AbortSignal): Promise<IncomingMessage> {
    const { server } = this.parts
    const get = () => {
      const headers = { accept: this.accept, 'accept-encoding': 'identity' }
      const path = `${server.dicomwebPath}${resource}`
      return webCall(server, { method: 'GET', path, headers }, signal)
    }
    try {
      return await get()
    } catch (error) {
      const status = error instanceof AssociationError ? error.details.status : undefined
      if (this.accept === PLAIN || (status !== 406 && status !== 400)) throw error
      this.accept = PLAIN
      return get()
    }
  }

  /** As the final response of a C-GET would count (PS3.4 C.4.3.1.4). */
  sum(): MoveProgress {
    const failed = this.missing.length + this.refused + this.parted
    return {
      final: true,
      // Sub-operations complete, one or more failures.
      status: failed > 0 ? 0xb000 : 0,
      errorComment: undefined,
      remaining: undefined,
      completed: this.kept,
      failed,
      warning: 0,
      failedSOPInstanceUIDs: this.missing,
    }
  }
}
