import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { type CommandSet, decodeCommandSet } from '../dimse/commandSet.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import {
  type AnsweredContext,
  type ExtendedNegotiation,
  encodeAssociateAccept,
  encodeAssociateRequest,
  type RoleSelection,
} from '../upperLayer/associatePdu.ts'
import { decodeAssociateAccept, decodeAssociateRequest } from '../upperLayer/decodeAssociate.ts'

export interface Pdu {
  type: number
  body: Buffer
}

export interface Proposal {
  contexts?: { id: number; abstractSyntax: string; transferSyntaxes: string[] }[]
  maxPduLength?: number
  calledAETitle?: string
  callingAETitle?: string
  roles?: RoleSelection[]
  extended?: ExtendedNegotiation[]
}

const user = { implementationClassUID: '1.2.3.4', implementationVersionName: 'SCRIPTED', roles: [], extended: [] }

/** A peer that sends exactly the bytes it is told to, right or wrong, and hands over PDUs as they come. */
export class ScriptedPeer {
  readonly socket: Socket
  private bytes: Buffer = Buffer.alloc(0)
  private ended = false
  private wake: () => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk])
      this.wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.ended = true
      this.wake()
    })
  }

  static async dial(port: number): Promise<ScriptedPeer> {
    const socket = connect(port, '127.0.0.1')
    const peer = new ScriptedPeer(socket)
    await once(socket, 'connect')
    return peer
  }

  /** Dials and asks for an association; the caller looks at the answer by `next`. */
  static async ask(port: number, proposal: Proposal = {}): Promise<ScriptedPeer> {
    const peer = await ScriptedPeer.dial(port)
    peer.send(
      encodeAssociateRequest({
        calledAETitle: proposal.calledAETitle ?? 'NEGATOSCOPE',
        callingAETitle: proposal.callingAETitle ?? 'SCRIPTED',
        contexts: proposal.contexts ?? [
          { id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] },
        ],
        maxPduLength: proposal.maxPduLength ?? 16_384,
        ...user,
        roles: proposal.roles ?? [],
        extended: proposal.extended ?? [],
      }),
    )
    return peer
  }

  /** An association that must be accepted. */
  static async open(port: number, proposal: Proposal = {}) {
    const peer = await ScriptedPeer.ask(port, proposal)
    const answer = await peer.next()
    if (answer?.type !== 2) throw new Error(`The association was answered by PDU ${answer?.type}`)
    return { peer, accept: decodeAssociateAccept(answer.body) }
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  message(contextId: number, command: CommandSet, dataSet?: Uint8Array, pduLength = 16_384): void {
    this.send(encodeMessage(contextId, command, dataSet, pduLength))
  }

  /** The next PDU; undefined when the connection ended, or nothing came for `timeoutMs`. */
  async next(timeoutMs = 20_000): Promise<Pdu | undefined> {
    const deadline = performance.now() + timeoutMs
    while (true) {
      if (this.bytes.length >= 6) {
        const length = this.bytes.readUInt32BE(2)
        if (this.bytes.length >= 6 + length) {
          const pdu = { type: this.bytes.readUInt8(0), body: this.bytes.subarray(6, 6 + length) }
          this.bytes = this.bytes.subarray(6 + length)
          return pdu
        }
      }
      const left = deadline - performance.now()
      if (this.ended || left <= 0) return undefined
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  /** The next message's command set; its data set, when it has one, follows by `nextData`. */
  async nextCommand(timeoutMs?: number): Promise<CommandSet | undefined> {
    const pdu = await this.next(timeoutMs)
    if (pdu?.type !== 4) return undefined
    return decodeCommandSet(pdu.body.subarray(6))
  }

  /** Reads data values up to the one that is marked as the last. */
  async nextData(): Promise<Buffer> {
    const parts: Buffer[] = []
    for (;;) {
      const pdu = await this.next()
      if (pdu?.type !== 4) throw new Error('The data set ended early')
      parts.push(Buffer.from(pdu.body.subarray(6)))
      if (pdu.body.readUInt8(5) & 2) return Buffer.concat(parts)
    }
  }

  get isClosed(): boolean {
    return this.ended
  }

  async closed(timeoutMs = 20_000): Promise<boolean> {
    const deadline = performance.now() + timeoutMs
    while (!this.ended && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5))
    return this.ended
  }

  destroy(): void {
    this.socket.destroy()
  }
}

/** A server that runs one script for each connection. */
export async function scriptedServer(script: (peer: ScriptedPeer) => Promise<void>, port = 0) {
  const peers: ScriptedPeer[] = []
  const server: Server = createServer((socket) => {
    const peer = new ScriptedPeer(socket)
    peers.push(peer)
    script(peer).catch(() => peer.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => {
      for (const peer of peers) peer.destroy()
      server.close()
    },
  }
}

/** Reads the request and accepts what `choose` says (by default each context with its first syntax). */
export async function acceptAssociation(
  peer: ScriptedPeer,
  options: { maxPduLength?: number; answer?: (context: AnsweredContext) => AnsweredContext } = {},
) {
  const pdu = await peer.next()
  if (pdu?.type !== 1) throw new Error('No association request came')
  const request = decodeAssociateRequest(pdu.body)
  const { answer = (context: AnsweredContext) => context } = options
  const contexts = request.contexts.map(({ id, transferSyntaxes }) =>
    answer({ id, result: 0, transferSyntax: transferSyntaxes[0] ?? '' }),
  )
  const { calledAETitle, callingAETitle } = request
  peer.send(
    encodeAssociateAccept({
      calledAETitle,
      callingAETitle,
      contexts,
      maxPduLength: options.maxPduLength ?? 16_384,
      ...user,
    }),
  )
  return request
}
