import { create } from 'zustand'
import { type Client, createClient } from '#shared/contract/client.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'
import type { Wire } from '#shared/contract/wire.ts'
import { backoffMs } from './backoff.ts'
import { openWire, SessionRefused } from './openWire.ts'

/** `connecting` only until the first connection; `refused` when the session is not ours any more. */
type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

interface Connection {
  state: ConnectionState
  client: Client<WorkstationContract> | undefined
  /** Counts connections, so that streams know when to begin again. */
  generation: number
}

export const useConnection = create<Connection>(() => ({ state: 'connecting', client: undefined, generation: 0 }))

/** Connects, and again whenever the connection is lost. Called once. */
export async function keepConnected(): Promise<never> {
  for (let attempt = 0; ; attempt += 1) {
    let wire: Wire | undefined
    try {
      wire = await openWire()
    } catch (error) {
      if (error instanceof SessionRefused) useConnection.setState({ state: 'refused', client: undefined })
      else if (attempt > 0) useConnection.setState({ state: 'lost', client: undefined })
    }
    if (wire) {
      attempt = 0
      const client = createClient(contract, wire)
      const closed = new Promise<void>((resolve) => wire.onClose(resolve))
      useConnection.setState((state) => ({ state: 'open', client, generation: state.generation + 1 }))
      await closed
      useConnection.setState({ state: 'lost', client: undefined })
    }
    await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)))
  }
}

/** The client of the connection that stands; waits for the first one. */
export function connected(): Promise<Client<WorkstationContract>> {
  const { state, client } = useConnection.getState()
  if (client) return Promise.resolve(client)
  if (state === 'lost' || state === 'refused') return Promise.reject(lost())
  return new Promise((resolve, reject) => {
    const stop = useConnection.subscribe((now) => {
      if (now.client) resolve(now.client)
      else if (now.state !== 'connecting') reject(lost())
      else return
      stop()
    })
  })
}

/** Resolves at the next connection, or at once when one stands. */
export function whenConnected(signal: AbortSignal): Promise<void> {
  if (useConnection.getState().client) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = useConnection.subscribe((now) => {
      if (now.client) end()
    })
    const end = () => {
      stop()
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}

function lost(): ApiError {
  return new ApiError('disconnected', 'The workstation does not answer. The page tries again by itself.')
}
