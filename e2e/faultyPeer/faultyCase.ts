import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import { type RequestOptions, request, verification } from './bytes.ts'
import { commandPdu, echoRequest, readCommand } from './command.ts'

/** What a case needs to know of the workstation that it is unkind to. */
export interface Victim {
  port: number
  ask: Client<WorkstationContract>
  /** Runs an operation of the workstation against a peer of ours. */
  callOn(script: (peer: ScriptedPeer) => Promise<void>, operation: Operation): Promise<CallOutcome>
}

/** `commit`: a send whose server is asked to commit to what it took. */
export type Operation = 'echo' | 'find' | 'move' | 'get' | 'send' | 'commit'

/** How the workstation says that a call ended. */
export interface CallOutcome {
  ok: boolean
  sentence: string
  found: number
}

export interface FaultyCase {
  name: string
  /** Throws when the workstation answered otherwise than it should. */
  run(victim: Victim): Promise<void>
}

/** Only ends what hangs: who is answered at once on a quiet machine waits for seconds on a busy one. */
const PATIENCE_MS = 10_000

export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

/** Dials and gets an association. */
export async function associate(victim: Victim, options?: RequestOptions): Promise<ScriptedPeer> {
  const peer = await ScriptedPeer.dial(victim.port)
  peer.send(request(options))
  const answer = await peer.next(PATIENCE_MS)
  must(answer?.type === 2, `the association was answered by ${answer ? `PDU ${answer.type}` : 'nothing'}`)
  return peer
}

/** An A-ABORT comes, or an end without a word where the standard asks for that; then the transport is ours to close. */
export async function mustEnd(peer: ScriptedPeer, how: 'abort' | 'close' | 'either' = 'abort'): Promise<void> {
  let last: number | undefined
  for (;;) {
    const pdu = await peer.next(PATIENCE_MS)
    if (!pdu) break
    last = pdu.type
    if (last === 7) break
  }
  if (how === 'abort') must(last === 7, `no A-ABORT came; the last PDU was ${last ?? 'none'}`)
  else if (last !== 7) {
    must(await peer.closed(PATIENCE_MS), 'the connection stayed open')
    must(how === 'either' || last === undefined, `PDU ${last} came`)
  }
  peer.destroy()
}

/** The status of the next response. */
export async function statusOf(peer: ScriptedPeer, timeoutMs = PATIENCE_MS): Promise<number | undefined> {
  const pdu = await peer.next(timeoutMs)
  if (pdu?.type !== 4) return undefined
  return readCommand(pdu.body.subarray(6)).get(0x0900)?.readUInt16LE()
}

export const failed = (status: number | undefined): boolean => status !== undefined && status >= 0xa000

/** The association still works. Data sets of answers before it are passed over. */
export async function mustEcho(peer: ScriptedPeer, contextId = verification.id): Promise<void> {
  peer.send(commandPdu(contextId, echoRequest(77)))
  for (;;) {
    const pdu = await peer.next(PATIENCE_MS)
    must(pdu?.type === 4, `the echo behind it was answered by ${pdu ? `PDU ${pdu.type}` : 'nothing'}`)
    if ((pdu.body.readUInt8(5) & 1) === 0) continue
    const status = readCommand(pdu.body.subarray(6)).get(0x0900)?.readUInt16LE()
    must(status === 0, `the echo behind it was answered by ${status?.toString(16)}`)
    peer.destroy()
    return
  }
}

/** Sends bytes to a fresh connection. */
export async function dialAndSend(victim: Victim, bytes: Uint8Array): Promise<ScriptedPeer> {
  const peer = await ScriptedPeer.dial(victim.port)
  peer.send(bytes)
  return peer
}

/** What was written has gone, or will never go. */
export async function drained({ socket }: ScriptedPeer): Promise<void> {
  while (socket.writableNeedDrain && !socket.destroyed) await pause(2)
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
