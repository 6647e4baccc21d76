import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { addServer } from '../workstation/addServer.ts'
import type { Connection } from '../workstation/connect.ts'
import { speak } from './play.ts'
import type { Session } from './session.ts'

const CALL_MAX_MS = 30_000

/** Servers in the workstation's list that answer from mutated recordings; it is made to call them. */
export async function openAnswering({ ask }: Connection, studyId: number, count: number) {
  const free = await Promise.all(Array.from({ length: count }, (_, index) => openOne(index)))

  async function openOne(index: number) {
    const sockets = new Set<Socket>()
    const one = { serverId: 0, session: undefined as Session | undefined, close: () => {} }
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
      socket.resume()
      // The caller speaks first; each connection of a call hears the same.
      socket.once('data', () => one.session && void speak(socket, one.session))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    one.serverId = await addServer(ask, { name: `Fuzz ${index}`, aeTitle: 'FUZZ', port })
    one.close = () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
    return one
  }

  async function operate(name: string, serverId: number): Promise<void> {
    if (name.endsWith('find')) {
      for await (const item of ask.studies.findRemote({ serverIds: [serverId], filter: { offset: 0, limit: 50 } }))
        if (item.kind === 'finished') return
    } else if (name.endsWith('echo')) await ask.servers.test({ serverId })
    else {
      const study = { studyInstanceUID: '1.2.3.4.5', patientName: '', instances: null }
      const { transferIds } = name.endsWith('send')
        ? await ask.transfers.send({ serverIds: [serverId], selection: { studyIds: [studyId] } })
        : await ask.transfers.retrieve({ serverId, studies: [study] })
      // A session before this one failed there, so that nobody is tried there for a while.
      await ask.transfers.resume({ transferIds })
      for await (const { rows } of ask.transfers.watch({}))
        if (rows.some((row) => transferIds.includes(row.transferId) && (row.endedAt !== null || row.attempts > 0)))
          break
      for (const transferId of transferIds) await ask.transfers.cancel({ transferId })
      await ask.transfers.clear({ transferIds })
    }
  }

  return {
    /** False when the call did not come to its end. */
    async answer(session: Session): Promise<boolean> {
      const one = free.pop()
      if (!one) throw new Error('More calls at a time than servers')
      one.session = session
      const timedOut = new Promise<false>((resolve) => setTimeout(resolve, CALL_MAX_MS, false).unref())
      const ended = await Promise.race([operate(session.name, one.serverId).then(() => true), timedOut])
      free.push(one)
      return ended
    },
    [Symbol.dispose]: () => {
      for (const one of free) one.close()
    },
  }
}
