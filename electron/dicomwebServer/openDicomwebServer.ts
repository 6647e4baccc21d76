import type { Archive } from '#electron/archive/openArchive.ts'
import type { WebLog } from '#electron/associations/webLog.ts'
import type { Certificates } from '#electron/certificates/openCertificates.ts'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import { listenSentence } from '#electron/listening/listenSentence.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import { obstacleTo } from './obstacleTo.ts'
import { RequestLog } from './requestLog.ts'
import { openUserFile, type UserFile } from './userFile.ts'
import type { WebConfiguration, WebRequest, WebUser } from './webApi.ts'
import { startWebThread, type WebThread } from './webThread.ts'

export interface DicomwebServerOptions {
  dataFolder: string
  archive: Archive
  settings: Pick<SettingsStore, 'current' | 'onChange'>
  certificates: Pick<Certificates, 'identity' | 'onChange'>
  /** Of the command line. */
  givenUsers: readonly WebUser[]
  /** What was stored by STOW-RS, as it happens. */
  stored(event: NodeEvent): void
  log: Pick<WebLog, 'answered'>
}

export type DicomwebState =
  | { state: 'off' }
  | { state: 'listening'; port: number; tls: boolean }
  | { state: 'failed'; sentence: string }

export interface DicomwebServer {
  state(): DicomwebState
  readonly users: UserFile
  readonly requests: RequestLog
  onChange(listener: () => void): () => void
  /** Resolves when the server is as the settings say now, or says why not. */
  apply(): Promise<void>
  close(): Promise<void>
}

/** A port that another program has may come free. */
const AGAIN_MS = 5000
/** Of a fresh installation. */
const USUAL_PORT = 8044

/** Keeps the DICOMweb server as the settings say; its thread is there only while it is switched on. */
export function openDicomwebServer(options: DicomwebServerOptions): DicomwebServer {
  const { archive, settings, certificates } = options
  const users = openUserFile(options.dataFolder, options.givenUsers)
  const requests = new RequestLog()
  const changes = new Changes()
  let current: DicomwebState = { state: 'off' }
  let thread: WebThread | undefined
  let turn: Promise<void> = Promise.resolve()
  let closed = false
  let retry: NodeJS.Timeout | undefined

  const become = (next: DicomwebState) => {
    current = next
    changes.tell()
  }
  const wanted = (): WebConfiguration => {
    const now = settings.current()
    return {
      host: now.dicomwebAddress === '' ? undefined : now.dicomwebAddress,
      port: now.dicomwebPort,
      tls: now.dicomwebTls ? certificates.identity() : undefined,
      users: users.users(),
      origins: now.dicomwebOrigins,
      store: now.dicomwebStore,
      storageFolder: archive.storageFolder,
      minFreeBytes: now.minFreeMegabytes * 1024 ** 2,
      onConflict: now.onConflict,
      unknownClasses: now.unknownClasses,
      aeTitle: now.aeTitle,
    }
  }
  const end = async () => {
    const ending = thread
    thread = undefined
    await ending?.end()
  }
  async function applyNow(): Promise<void> {
    clearTimeout(retry)
    const now = settings.current()
    if (closed || !now.dicomwebServer) {
      await end()
      return become({ state: 'off' })
    }
    const hasCertificate = certificates.identity() !== undefined
    const sentence = obstacleTo(now, { hasCertificate, users: users.users().length })
    if (sentence !== '') {
      await end()
      return become({ state: 'failed', sentence })
    }
    thread ??= start()
    const configuration = wanted()
    try {
      const { port } = await thread.api.configure(configuration)
      become({ state: 'listening', port, tls: configuration.tls !== undefined })
    } catch (error) {
      await end()
      const { host, port } = configuration
      become({ state: 'failed', sentence: listenSentence({ host, port }, error, USUAL_PORT) })
      retry = setTimeout(() => void next(), AGAIN_MS).unref()
    }
  }
  const next = (): Promise<void> => {
    turn = turn.then(applyNow).catch((error: unknown) => {
      process.stderr.write(`negatoscope: DICOMweb: ${error instanceof Error ? error.message : 'unknown error'}\n`)
    })
    return turn
  }
  function start(): WebThread {
    const started = startWebThread(archive)
    void read(started)
    void started.gone.then(() => {
      if (thread !== started) return
      thread = undefined
      retry = setTimeout(() => void next(), 500).unref()
    })
    return started
  }
  function note(request: WebRequest): void {
    requests.add(request)
    const { user, address, bytes, ...exchange } = request
    const security = current.state === 'listening' && current.tls ? 'TLS' : ''
    const party = { direction: 'in' as const, name: user, address, security }
    options.log.answered(party, { ...exchange, bytesSent: bytes, bytesReceived: 0 })
  }
  async function read({ api }: WebThread): Promise<void> {
    try {
      for await (const event of api.events(new AbortController().signal)) {
        if (event.kind === 'request') note(event.request)
        else options.stored(event.event)
      }
    } catch {
      // The thread is gone: what it received is told by the next start of the index, and its requests are over.
    }
  }
  const stops = [
    settings.onChange(() => void next()),
    certificates.onChange(() => void next()),
    users.onChange(() => void next()),
    archive.onStorageFolder(() => void next()),
  ]
  return {
    state: () => current,
    users,
    requests,
    onChange: (listener) => changes.onChange(listener),
    apply: next,
    async close() {
      closed = true
      for (const stop of stops) stop()
      await next()
      clearTimeout(retry)
    },
  }
}
