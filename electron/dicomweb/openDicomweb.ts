import { type MessagePort, Worker } from 'node:worker_threads'
import type { Credentials } from '#electron/credentials/openCredentials.ts'
import { AssociationError } from '#electron/dicom/associationError.ts'
import type { FindQuery, GetStep, InstanceToSend, Match, RetrieveKeys, SendOutcome } from '#electron/dicom/nodeApi.ts'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { Probe } from '#shared/contract/rest.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { authorizationOf } from './authorization.ts'
import type { WebApi, WebRoute, WebServer } from './webApi.ts'

export interface DicomwebParts {
  archive: { writerPort(): MessagePort; readonly storageFolder: string; onWriterRestart(act: () => void): () => void }
  credentials: Pick<Credentials, 'secretFor'>
  settings: { current(): Settings }
}

/** Servers over HTTP, as the DICOM node offers those over DIMSE. */
export interface Dicomweb {
  find(route: WebRoute, query: FindQuery, signal: AbortSignal): AsyncIterable<Match>
  get(route: WebRoute, request: RetrieveKeys, signal: AbortSignal): AsyncIterable<GetStep>
  send(route: WebRoute, instances: InstanceToSend[], signal: AbortSignal): AsyncIterable<SendOutcome>
  /** `secret`: one that is not kept yet; else the kept one. */
  probe(route: WebRoute, secret: string | undefined, signal: AbortSignal): Promise<Probe>
  close(): Promise<void>
}

/** The thread starts with the first call; one that died is started again with the next. Its calls fail with THREAD_GONE. */
export function openDicomweb({ archive, credentials, settings }: DicomwebParts): Dicomweb {
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
    return { worker, api: remote<WebApi>(worker) }
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
    if (secret === undefined || secret === '') throw noSecret(route)
    // RFC 6750 2.1; anything else could not stand in a header.
    if (route.authentication === 'bearer' && !/^[\x21-\x7e ]+$/.test(secret))
      throw noSecret(route, 'holds signs that no token has')
    return { ...route, authorization: authorizationOf(route, secret) }
  }
  // The port of the writer that died leads nowhere.
  const stop = archive.onWriterRestart(() => void close())

  return {
    async *find(route, query, signal) {
      yield* (await thread()).find(await unlocked(route), query, signal)
    },
    async *get(route, request, signal) {
      const { onConflict, minFreeMegabytes } = settings.current()
      const rules = { onConflict, minFreeBytes: minFreeMegabytes * 1024 ** 2 }
      yield* (await thread()).get(await unlocked(route), request, rules, signal)
    },
    async *send(route, instances, signal) {
      yield* (await thread()).send(await unlocked(route), instances, signal)
    },
    async probe(route, secret, signal) {
      try {
        return await (await thread()).probe(await unlocked(route, secret), signal)
      } catch (error) {
        if (!(error instanceof AssociationError) || error.code !== 'CREDENTIAL') throw error
        const { sentence = error.message } = error.details
        return { ok: false, elapsedMs: 0, sentence, technical: 'no password kept', facts: [], suggestion: null }
      }
    },
    async close() {
      closed = true
      stop()
      await close()
    },
  }
}

function noSecret({ name, origin, authentication }: WebRoute, flaw = ''): AssociationError {
  const what = authentication === 'basic' ? 'password' : 'token'
  const sentence = flaw
    ? `The ${what} for ${name} ${flaw}. Type it again under Servers, REST.`
    : `No ${what} is kept for ${name} at ${origin}. Type it under Servers, REST.`
  return new AssociationError('CREDENTIAL', sentence, { sentence, cause: `no ${what}` })
}
