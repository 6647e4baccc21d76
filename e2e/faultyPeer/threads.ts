import { once } from 'node:events'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { Spawned } from '../workstation/spawned.ts'
import { until } from '../workstation/until.ts'

const message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
})
const attached = z.object({ sessionId: z.string(), workerInfo: z.object({ url: z.string() }) })
const session = z.object({ sessionId: z.string() })

/** Puts Node's inspector into a host that is started with this; the product itself stays as it is. */
export const INSPECTED = ['env', 'NODE_OPTIONS=--inspect=127.0.0.1:0']

/**
 * The threads of a running host through its inspector: which there are, how often one was started, and a collection of
 * garbage in all of them, so that what is measured then is held and not merely left lying.
 */
export async function openThreads(host: Spawned) {
  const url = await until('the inspector', () => /ws:\/\/\S+/.exec(host.stderr())?.[0])
  const socket = new WebSocket(url)
  await once(socket, 'open')
  // A host that a case has killed is told of by its exit.
  socket.on('error', () => {})
  const running = new Map<string, string>()
  const started = new Map<string, number>()
  const answers = new Map<number, () => void>()
  let lastId = 0

  socket.on('message', (text: Buffer) => {
    const { id, method, params } = message.parse(JSON.parse(text.toString()))
    if (id !== undefined) answers.get(id)?.()
    if (method === 'NodeWorker.attachedToWorker') {
      const { sessionId, workerInfo } = attached.parse(params)
      const name = workerInfo.url.slice(workerInfo.url.lastIndexOf('/') + 1)
      running.set(sessionId, name)
      started.set(name, (started.get(name) ?? 0) + 1)
    } else if (method === 'NodeWorker.detachedFromWorker') running.delete(session.parse(params).sessionId)
    else if (method === 'NodeWorker.receivedMessageFromWorker') {
      const inner = message.parse(JSON.parse(String(params?.message)))
      if (inner.id !== undefined) answers.get(inner.id)?.()
    }
  })

  const ask = (method: string, params: object, sessionId?: string): Promise<void> => {
    lastId += 1
    const id = lastId
    const call = JSON.stringify({ id, method, params })
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        answers.delete(id)
        resolve()
      }
      // A thread may end while it is asked.
      const timer = setTimeout(done, 3000)
      if (sessionId === undefined) {
        answers.set(id, done)
        socket.send(call)
      } else {
        // The main thread answers at once, the worker later under the same number.
        let heard = 0
        answers.set(id, () => {
          heard += 1
          if (heard === 2) done()
        })
        const outer = { id, method: 'NodeWorker.sendMessageToWorker', params: { sessionId, message: call } }
        socket.send(JSON.stringify(outer))
      }
    })
  }

  await ask('NodeWorker.enable', { waitForDebuggerOnStart: false })
  return {
    /** How often a thread of each name was started since we watch. */
    starts: (): ReadonlyMap<string, number> => new Map(started),
    async collectGarbage(): Promise<void> {
      await ask('HeapProfiler.collectGarbage', {})
      for (const sessionId of running.keys()) await ask('HeapProfiler.collectGarbage', {}, sessionId)
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

export type Threads = Awaited<ReturnType<typeof openThreads>>
