import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { type Answered, acceptBody, pdu, releaseResponse } from '../bytes.ts'
import { commandPdu, type ResponseOptions, readCommand, response } from '../command.ts'
import { type CallOutcome, type FaultyCase, must, type Operation } from '../faultyCase.ts'

/** One fault of a peer that we call, and the operations that meet it. */
export interface Fault {
  name: string
  on: readonly Operation[]
  script(peer: ScriptedPeer): Promise<void>
  /** Where it must be told sooner than others: by the timeouts that are set. */
  mostMs?: number
  /** Most faults must be said; some are to be borne. */
  isBorne?: boolean
  /** More than "it ended": what else must be so. */
  check?(outcome: CallOutcome): void
}

const CALL_MAX_MS = 20_000
/** A sentence for a person: some words, an end or a status, and no more of what the peer says than can be read. */
const SENTENCE = /^[^\p{Cc}]{10,500}([.?!]|\([0-9A-F]{4}\))$/u

export function casesOf(faults: Fault[]): FaultyCase[] {
  return faults.flatMap((fault) =>
    fault.on.map((operation) => ({
      name: `${operation}: ${fault.name}`,
      async run({ callOn }) {
        const startedAt = performance.now()
        const outcome = await callOn((peer) => fault.script(peer), operation)
        const elapsedMs = performance.now() - startedAt
        must(elapsedMs < (fault.mostMs ?? CALL_MAX_MS), `it took ${Math.round(elapsedMs)} ms`)
        const { ok, sentence } = outcome
        if (fault.check) fault.check(outcome)
        else if (fault.isBorne) must(ok, `it failed: ${sentence}`)
        else {
          must(!ok, 'it is said to have gone well')
          must(SENTENCE.test(sentence), `what is said of it: ${JSON.stringify(sentence.slice(0, 200))}`)
        }
      },
    })),
  )
}

export interface Offered extends Answered {
  abstractSyntax: string
}

/** IDs, classes and first syntaxes of what is proposed, read by our own eyes. */
export async function takeProposal(peer: ScriptedPeer): Promise<Offered[]> {
  const asked = await peer.next()
  must(asked?.type === 1, `PDU ${asked?.type} came instead of a request`)
  const { body } = asked
  const found: Offered[] = []
  for (let at = 68; at + 4 <= body.length; at += 4 + body.readUInt16BE(at + 2)) {
    if (body[at] !== 0x20) continue
    const abstractLength = body.readUInt16BE(at + 10)
    const abstractSyntax = body.toString('latin1', at + 12, at + 12 + abstractLength)
    const syntaxAt = at + 12 + abstractLength
    const transferSyntax = body.toString('latin1', syntaxAt + 4, syntaxAt + 4 + body.readUInt16BE(syntaxAt + 2))
    found.push({ id: body.readUInt8(at + 4), result: 0, transferSyntax, abstractSyntax })
  }
  return found
}

/** `along` goes out in the same write. */
export async function accept(peer: ScriptedPeer, maxPduLength?: number, along: readonly Buffer[] = []): Promise<void> {
  peer.send(Buffer.concat([pdu(2, acceptBody(await takeProposal(peer), maxPduLength)), ...along]))
}

export interface Asked {
  contextId: number
  /** As an answer says it. */
  field: number
  messageId: number
}

/** The next request with its data set, if it has one. Undefined when the peer releases or is gone. */
export async function takeRequest(peer: ScriptedPeer): Promise<Asked | undefined> {
  let asked: Asked | undefined
  for (;;) {
    const next = await peer.next()
    if (next?.type === 5) peer.send(releaseResponse)
    if (next?.type !== 4) return undefined
    for (let at = 0; at + 6 <= next.body.length; at += 4 + next.body.readUInt32BE(at)) {
      const control = next.body.readUInt8(at + 5)
      if (control === 3) {
        const command = readCommand(next.body.subarray(at + 6, at + 4 + next.body.readUInt32BE(at)))
        const number = (element: number) => command.get(element)?.readUInt16LE() ?? 0
        asked = { contextId: next.body.readUInt8(at + 4), field: number(0x0100) | 0x8000, messageId: number(0x0110) }
        if (number(0x0800) === 0x0101) return asked
      } else if (control === 2) return asked
    }
  }
}

/** Associates and takes the first request; what comes of it is the caller's. */
export async function asked(peer: ScriptedPeer): Promise<Asked> {
  await accept(peer)
  const request = await takeRequest(peer)
  must(request !== undefined, 'no request came')
  return request
}

export function answer(peer: ScriptedPeer, request: Asked, given: Partial<ResponseOptions> & { status: number }): void {
  const { contextId, field, messageId } = request
  peer.send(commandPdu(contextId, response({ field, messageId, ...given })))
}
