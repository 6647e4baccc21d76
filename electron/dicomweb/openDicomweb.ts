import { randomUUID } from 'node:crypto'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { WebLog } from '#electron/associations/webLog.ts'
import type { Credentials } from '#electron/credentials/openCredentials.ts'
import { AssociationError } from '#electron/dicom/associationError.ts'
import type { FindQuery, GetStep, InstanceToSend, Match, RetrieveKeys, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { Probe } from '#shared/contract/rest.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { authorizationOf } from './authorization.ts'
import type { RemoteTag } from './metadata.ts'
import type { RemotePicture } from './picture.ts'
import type { SeriesKeys } from './seriesSample.ts'
import { plainSentence } from './told.ts'
import type { WebApi, WebRoute, WebServer } from './webApi.ts'

export interface DicomwebParts {
  archive: { writerPort(): MessagePort; readonly storageFolder: string; onWriterRestart(act: () => void): () => void }
  credentials: Pick<Credentials, 'secretFor' | 'lockedWhy'>
  settings: { current(): Settings }
  /** Where each call and its requests are told. */
  log: Pick<WebLog, 'calling' | 'asked' | 'called'>
}

/** Servers over HTTP, as the DICOM node offers those over DIMSE. */
export interface Dicomweb {
  find(route: WebRoute, query: FindQuery, signal: AbortSignal): AsyncIterable<Match>
  get(route: WebRoute, request: RetrieveKeys, signal: AbortSignal): AsyncIterable<GetStep>
  send(route: WebRoute, instances: InstanceToSend[], signal: AbortSignal): AsyncIterable<SendOutcome>
  /** `secret`: one that is not kept yet; else the kept one. */
  probe(route: WebRoute, secret: string | undefined, signal: AbortSignal): Promise<Probe>
  picture(route: WebRoute, series: SeriesKeys, signal: AbortSignal): Promise<RemotePicture | undefined>
  metadata(route: WebRoute, series: SeriesKeys, signal: AbortSignal): Promise<RemoteTag[]>
  close(): Promise<void>
}

/** The thread starts with the first call; one that died is started again with the next. Its calls fail with THREAD_GONE. */
export function openDicomweb({ archive, credentials, settings, log }: DicomwebParts): Dicomweb {
  let running: { worker: Worker; api: Remote<WebApi> } | undefined
  let closed = false

  const start = () => {
    const { storageFolder } = archive
    const writerPort = archive.writerPort()
    const worker = new Worker(new URL('./web.worker.ts', import.meta.url), {
      workerData: { storageFolder, writerPort },
      transferList: [writerPort],
    })
    const forget = () => {
      if (running?.worker === worker) running = undefined
    }
    worker.once('exit', forget)
    worker.once('error', (error) => {
      process.stderr.write(
        `negatoscope: the thread for DICOMweb stopped: ${error instanceof Error ? error.name : 'unknown error'}\n`,
      )
      forget()
    })
    const api = remote<WebApi>(worker)
    void tell(api)
    return { worker, api }
  }
  const tell = async (api: Remote<WebApi>) => {
    try {
      for await (const { callId, ...exchange } of api.requests()) log.asked(callId, exchange)
    } catch {
      // The thread is gone, and its calls say so.
    }
  }
  /** A call and its end in the log. */
  async function* logged<Item>(route: WebRoute, call: (callId: string) => AsyncIterable<Item>): AsyncGenerator<Item> {
    const callId = randomUUID()
    log.calling(callId, partyOf(route))
    let state: 'released' | 'lost' | 'aborted' = 'released'
    let sentence = ''
    try {
      yield* call(callId)
    } catch (error) {
      state = (error as { code?: unknown }).code === 'CANCELLED' ? 'aborted' : 'lost'
      sentence = state === 'aborted' ? 'Stopped by you.' : plainSentence(error)
      throw error
    } finally {
      log.called(callId, state, sentence)
    }
  }
  async function once<Answer>(route: WebRoute, call: (callId: string) => Promise<Answer>): Promise<Answer> {
    const answers = logged(route, async function* (callId) {
      yield await call(callId)
    })
    for await (const answer of answers) return answer
    throw new AssociationError('INTERNAL', 'Nothing was answered')
  }
  const thread = async () => {
    if (closed) throw new AssociationError('THREAD_GONE', 'The workstation is closing')
    running ??= start()
    const { api } = running
    await api.storeIn(archive.storageFolder)
    return api
  }
  const close = async () => {
    const known = running
    running = undefined
    await known?.worker.terminate()
  }
  const unlocked = async (route: WebRoute, given?: string): Promise<WebServer> => {
    if (route.authentication === 'none') return { ...route, authorization: '' }
    const secret = given ?? (await credentials.secretFor(route.serverId, route.origin))
    if (secret === undefined || secret === '')
      throw noSecret(route, '', credentials.lockedWhy(route.serverId, route.origin))
    // RFC 6750 2.1; anything else could not stand in a header.
    if (route.authentication === 'bearer' && !/^[\x21-\x7e ]+$/.test(secret))
      throw noSecret(route, 'holds signs that no token has')
    return { ...route, authorization: authorizationOf(route, secret) }
  }
  // The port of the writer that died leads nowhere.
  const stop = archive.onWriterRestart(() => void close())

  return {
    async *find(route, query, signal) {
      yield* logged(route, async function* (callId) {
        yield* (await thread()).find({ ...(await unlocked(route)), callId }, query, signal)
      })
    },
    async *get(route, request, signal) {
      const { onConflict, minFreeMegabytes } = settings.current()
      const rules = { onConflict, minFreeBytes: minFreeMegabytes * 1024 ** 2 }
      yield* logged(route, async function* (callId) {
        yield* (await thread()).get({ ...(await unlocked(route)), callId }, request, rules, signal)
      })
    },
    async *send(route, instances, signal) {
      yield* logged(route, async function* (callId) {
        yield* (await thread()).send({ ...(await unlocked(route)), callId }, instances, signal)
      })
    },
    async probe(route, secret, signal) {
      const callId = randomUUID()
      log.calling(callId, partyOf(route))
      try {
        const found = await (await thread()).probe({ ...(await unlocked(route, secret)), callId }, signal)
        log.called(callId, found.ok ? 'released' : 'lost', found.ok ? '' : `The probe failed: ${found.technical}.`)
        return found
      } catch (error) {
        log.called(callId, 'aborted', '')
        if (!(error instanceof AssociationError) || error.code !== 'CREDENTIAL') throw error
        const { sentence = error.message } = error.details
        return { ok: false, elapsedMs: 0, sentence, technical: 'no password kept', facts: [], suggestion: null }
      }
    },
    picture: (route, series, signal) =>
      once(route, async (callId) => (await thread()).picture({ ...(await unlocked(route)), callId }, series, signal)),
    metadata: (route, series, signal) =>
      once(route, async (callId) => (await thread()).metadata({ ...(await unlocked(route)), callId }, series, signal)),
    async close() {
      closed = true
      stop()
      await close()
    },
  }
}

function partyOf({ name, host, port, tls }: WebRoute) {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`
  return { direction: 'out' as const, name, address, security: tls ? 'TLS' : '' }
}

function noSecret({ name, origin, authentication }: WebRoute, flaw = '', locked = ''): AssociationError {
  const what = authentication === 'basic' ? 'password' : 'token'
  const sentence = flaw
    ? `The ${what} for ${name} ${flaw}. Type it again under Servers, Web interface.`
    : locked || `No ${what} is kept for ${name} at ${origin}. Type it under Servers, Web interface.`
  return new AssociationError('CREDENTIAL', sentence, { sentence, cause: `no ${what}` })
}
