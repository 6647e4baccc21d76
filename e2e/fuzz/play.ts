import { connect, type Socket } from 'node:net'
import type { Session } from './session.ts'

/** For an answer that a mutated PDU may not get. */
const LISTEN_MS = 25
const CRUMBS_MAX = 2000
const CONNECT_MAX_MS = 5000

function heard(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      socket.off('data', done).off('close', done)
      resolve()
    }
    const timer = setTimeout(done, LISTEN_MS)
    socket.on('data', done).on('close', done)
  })
}

/** Says a session's part on a connection, and ends it. */
export async function speak(socket: Socket, { steps, crumbs, number }: Session): Promise<void> {
  for (const { bytes, listen } of steps) {
    if (socket.destroyed) break
    const answer = listen ? heard(socket) : undefined
    if (crumbs === 0) socket.write(bytes)
    else {
      for (let at = 0; at < Math.min(bytes.length, crumbs * CRUMBS_MAX); at += crumbs)
        socket.write(bytes.subarray(at, at + crumbs))
      socket.write(bytes.subarray(crumbs * CRUMBS_MAX))
    }
    await answer
  }
  // Ends of both kinds, so that both are met.
  if (number % 2 === 0) socket.destroySoon()
  else socket.resetAndDestroy()
}

/** As caller of the workstation. False when it did not even take the connection. */
export function call(port: number, session: Session): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const timer = setTimeout(() => resolve(false), CONNECT_MAX_MS)
    socket.on('error', () => {})
    socket.resume()
    let isTaken = false
    socket.once('connect', () => {
      isTaken = true
      clearTimeout(timer)
      void speak(socket, session).then(() => resolve(true))
    })
    socket.once('close', () => {
      clearTimeout(timer)
      if (!isTaken) resolve(false)
    })
  })
}
