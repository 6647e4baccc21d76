import { Worker } from 'node:worker_threads'
import type { Archive } from '#electron/archive/openArchive.ts'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { Endpoint, NodeApi, NodeConfiguration, NodeEvent } from './nodeApi.ts'
import type { NodeNotice, NodeStart } from './nodeStart.ts'

const RESTART_PAUSE_MS = 500
const END_TIMEOUT_MS = 1000

export interface OpenNodeOptions {
  archive: Pick<Archive, 'writerPort' | 'readerPort' | 'onWriterRestart' | 'onReaderRestart'>
  configuration: NodeConfiguration
}

/**
 * Runs the DICOM node in a thread. When that dies it is started again with the last configuration and listens where it
 * listened; its associations are gone (their senders know: no answer is a failure), and are reported as lost.
 */
export async function openNode(options: OpenNodeOptions): Promise<Remote<NodeApi> & { terminate(): Promise<void> }> {
  const { archive } = options
  let { configuration } = options
  /** With TLS and without. */
  const places = new Map<boolean, Endpoint>()
  const extra = new Map<number, Endpoint>()
  const openAssociations = new Set<string>()
  let ending = false
  let restarted: Promise<void> = Promise.resolve()
  let current = await start()
  const stopWatchingWriter = archive.onWriterRestart(() => {
    const port = archive.writerPort()
    current.worker.postMessage({ kind: 'writerPort', port } satisfies NodeNotice, [port])
  })
  const stopWatchingReader = archive.onReaderRestart(() => {
    const port = archive.readerPort()
    current.worker.postMessage({ kind: 'readerPort', port } satisfies NodeNotice, [port])
  })

  async function start(): Promise<{ worker: Worker; api: Remote<NodeApi> }> {
    const writerPort = archive.writerPort()
    const readerPort = archive.readerPort()
    const worker = new Worker(new URL('./node.worker.ts', import.meta.url), {
      workerData: { writerPort, readerPort, configuration } satisfies NodeStart,
      // What the socket reads is garbage at once: a small nursery frees it before it adds up (measured: 20 MB less).
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
      transferList: [writerPort, readerPort],
    })
    const api = remote<NodeApi>(worker)
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: { kind?: string } | undefined) => {
        if (message?.kind === 'ready') resolve()
      })
      worker.on('error', (error) => {
        process.stderr.write(`negatoscope: the DICOM node stopped: ${error instanceof Error ? error.stack : error}\n`)
        reject(error)
      })
      worker.on('exit', () => reject(new Error('The DICOM node ended while it started')))
    })
    worker.on('exit', () => {
      if (!ending) restarted = restart()
    })
    return { worker, api }
  }

  async function restart(): Promise<void> {
    let started: typeof current | undefined
    while (!ending) {
      try {
        // A port that is taken meanwhile is tried again by the same thread; only a dead one is replaced.
        started ??= await start()
        current = started
        for (const endpoint of places.values()) await started.api.listen(endpoint)
        for (const endpoint of extra.values()) await started.api.listenExtra(endpoint)
        return
      } catch (error) {
        if ((error as { code?: string }).code === 'THREAD_GONE') return // its own exit starts the next one
        await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE_MS))
      }
    }
  }

  async function* events(signal: AbortSignal): AsyncGenerator<NodeEvent> {
    while (!signal.aborted && !ending) {
      try {
        for await (const event of current.api.events(signal)) {
          if (event.kind === 'associationAccepted') openAssociations.add(event.associationId)
          else if (event.kind === 'associationEnded') openAssociations.delete(event.associationId)
          yield event
        }
        return
      } catch (error) {
        if (ending) return
        if ((error as { code?: string }).code !== 'THREAD_GONE') throw error
      }
      for (const associationId of openAssociations) {
        yield { kind: 'associationEnded', associationId, at: Date.now(), how: 'lost', note: 'The DICOM node stopped.' }
      }
      openAssociations.clear()
      await new Promise((resolve) => setTimeout(resolve, 20))
      await restarted
    }
  }

  return {
    async configure(next) {
      configuration = next
      await current.api.configure(next)
    },
    async listen(endpoint) {
      const { port } = await current.api.listen(endpoint)
      places.set(endpoint.tls === true, { ...endpoint, port })
      return { port }
    },
    async stopListening(tls) {
      places.delete(tls)
      await current.api.stopListening(tls)
    },
    async listenExtra(endpoint) {
      const { port } = await current.api.listenExtra(endpoint)
      extra.set(port, { ...endpoint, port })
      return { port }
    },
    async closeExtra(port) {
      extra.delete(port)
      await current.api.closeExtra(port)
    },
    abortAssociation: (associationId) => current.api.abortAssociation(associationId),
    async close(graceMs) {
      places.clear()
      extra.clear()
      await current.api.close(graceMs)
    },
    reportCommitment: (associationId, peer, report, signal) =>
      current.api.reportCommitment(associationId, peer, report, signal),
    requestCommitment: (peer, request, signal) => current.api.requestCommitment(peer, request, signal),
    lookAtCertificate: (peer, signal) => current.api.lookAtCertificate(peer, signal),
    echo: (peer, signal) => current.api.echo(peer, signal),
    negotiate: (peer, proposed, signal) => current.api.negotiate(peer, proposed, signal),
    find: (peer, query, signal) => current.api.find(peer, query, signal),
    findWorklist: (peer, keys, signal) => current.api.findWorklist(peer, keys, signal),
    sendStep: (peer, message, signal) => current.api.sendStep(peer, message, signal),
    move: (peer, request, signal) => current.api.move(peer, request, signal),
    get: (peer, request, signal) => current.api.get(peer, request, signal),
    send: (peer, instances, signal) => current.api.send(peer, instances, signal),
    events,
    async terminate() {
      ending = true
      stopWatchingWriter()
      stopWatchingReader()
      await endThread(current.worker)
    },
  }
}

/** Ends by itself when its ports are closed and nothing is open; what still runs then is ended. */
async function endThread(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.postMessage({ kind: 'end' } satisfies NodeNotice)
  const timer = setTimeout(() => void worker.terminate(), END_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}
