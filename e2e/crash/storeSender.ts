import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { CT_IMAGE_STORAGE, EXPLICIT_VR_LITTLE_ENDIAN, type OutgoingInstance } from './storedInstance.ts'
import {
  associateRequest,
  type ProposedContext,
  readMaxPduLength,
  readStoreResponse,
  releaseRequest,
  type StoreResponse,
  storeRequest,
  takePdus,
} from './storePdus.ts'

const CT: ProposedContext = { sopClassUID: CT_IMAGE_STORAGE, transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN }

/** One association that stores one instance after another, each after the answer to the one before. */
export class StoreSender {
  private readonly socket: Socket
  private readonly sopClassUID: string
  private readonly buffered = { bytes: Buffer.alloc(0) }
  private readonly pdus: { type: number; body: Buffer }[] = []
  private ended = false
  private wake = () => {}
  private messageId = 0
  private peerMaxPduLength = 0

  private constructor(socket: Socket, context: ProposedContext) {
    this.sopClassUID = context.sopClassUID
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.buffered.bytes = Buffer.concat([this.buffered.bytes, chunk])
      this.pdus.push(...takePdus(this.buffered))
      this.wake()
    })
    const end = () => {
      this.ended = true
      this.wake()
    }
    socket.on('error', end)
    socket.on('close', end)
  }

  /** Undefined when nobody answers or the association is not accepted. */
  static async open(
    port: number,
    calledAETitle: string,
    context: ProposedContext = CT,
  ): Promise<StoreSender | undefined> {
    const socket = connect(port, '127.0.0.1')
    const sender = new StoreSender(socket, context)
    try {
      await once(socket, 'connect')
    } catch {
      return undefined
    }
    socket.write(associateRequest('SENDER', calledAETitle, context))
    const accept = await sender.next()
    if (accept?.type !== 0x02) {
      socket.destroy()
      return undefined
    }
    sender.peerMaxPduLength = readMaxPduLength(accept.body)
    return sender
  }

  /** The answer, or undefined when the association ended without one. */
  async store(instance: OutgoingInstance): Promise<StoreResponse | undefined> {
    this.messageId = (this.messageId % 65_535) + 1
    for (const pdu of storeRequest(this.messageId, this.sopClassUID, instance, this.peerMaxPduLength))
      this.socket.write(pdu)
    const answer = await this.next()
    return answer?.type === 0x04 ? readStoreResponse(answer.body) : undefined
  }

  /** As `store`, spread over `durationMs`; ends early when the association does. */
  async storeSlowly(instance: OutgoingInstance, durationMs: number): Promise<StoreResponse | undefined> {
    const STEPS = 20
    const bytes = Buffer.concat(storeRequest(1, this.sopClassUID, instance, this.peerMaxPduLength))
    const stepBytes = Math.ceil(bytes.length / STEPS)
    for (let offset = 0; offset < bytes.length && !this.ended; offset += stepBytes) {
      this.socket.write(bytes.subarray(offset, offset + stepBytes))
      await new Promise((resolve) => setTimeout(resolve, durationMs / STEPS))
    }
    const answer = await this.next()
    return answer?.type === 0x04 ? readStoreResponse(answer.body) : undefined
  }

  async release(): Promise<void> {
    if (this.ended) return
    this.socket.write(releaseRequest)
    await this.next()
    this.socket.destroy()
  }

  destroy(): void {
    this.socket.destroy()
  }

  private async next(): Promise<{ type: number; body: Buffer } | undefined> {
    while (this.pdus.length === 0) {
      if (this.ended) return undefined
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return this.pdus.shift()
  }
}
