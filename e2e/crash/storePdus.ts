import type { OutgoingInstance } from './storedInstance.ts'

/**
 * The few PDUs of a store, written here a second time on purpose: a sender made of the product's own encoder would share
 * its mistakes. PS3.8 9.3, PS3.7 6.3 and 9.3.1.
 */
const CONTEXT_ID = 1

/** The one presentation context of an association. */
export interface ProposedContext {
  sopClassUID: string
  transferSyntaxUID: string
}
export const MAX_PDU_LENGTH = 131_072

const ascii = (text: string) => Buffer.from(text, 'latin1')
const padded = (uid: string) => ascii(uid.length % 2 === 0 ? uid : `${uid}\0`)

function item(type: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(4)
  head.writeUInt8(type)
  head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, body])
}

function pdu(type: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(type)
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

export function associateRequest(callingAETitle: string, calledAETitle: string, context: ProposedContext): Buffer {
  const maxLength = Buffer.alloc(4)
  maxLength.writeUInt32BE(MAX_PDU_LENGTH)
  return pdu(
    0x01,
    Buffer.concat([
      Buffer.from([0, 1, 0, 0]),
      ascii(calledAETitle.padEnd(16)),
      ascii(callingAETitle.padEnd(16)),
      Buffer.alloc(32),
      item(0x10, ascii('1.2.840.10008.3.1.1.1')),
      item(
        0x20,
        Buffer.from([CONTEXT_ID, 0, 0, 0]),
        item(0x30, ascii(context.sopClassUID)),
        item(0x40, ascii(context.transferSyntaxUID)),
      ),
      item(0x50, item(0x51, maxLength), item(0x52, ascii('1.2.826.0.1.3680043.10.1447.9'))),
    ]),
  )
}

export const releaseRequest = pdu(0x05, Buffer.alloc(4))

function commandElement(element: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(0x0000, 0)
  head.writeUInt16LE(element, 2)
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}

function us(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** C-STORE-RQ: the command in one PDU, the data set in as many as the peer's limit asks for. */
export function storeRequest(
  messageId: number,
  sopClassUID: string,
  instance: OutgoingInstance,
  peerMaxPduLength: number,
): Buffer[] {
  const elements = Buffer.concat([
    commandElement(0x0002, padded(sopClassUID)),
    commandElement(0x0100, us(0x0001)),
    commandElement(0x0110, us(messageId)),
    commandElement(0x0700, us(0)),
    commandElement(0x0800, us(0x0001)),
    commandElement(0x1000, padded(instance.sopInstanceUID)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(elements.length)
  const pdus = [dataPdu(0x03, Buffer.concat([commandElement(0x0000, length), elements]))]
  const step = peerMaxPduLength - 6
  for (let offset = 0; offset < instance.dataSet.length; offset += step) {
    const last = offset + step >= instance.dataSet.length
    pdus.push(dataPdu(last ? 0x02 : 0x00, instance.dataSet.subarray(offset, offset + step)))
  }
  return pdus
}

/** P-DATA-TF with one PDV; `control` is PS3.8 E.2's message control header. */
function dataPdu(control: number, fragment: Uint8Array): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32BE(fragment.length + 2)
  head.writeUInt8(CONTEXT_ID, 4)
  head.writeUInt8(control, 5)
  return pdu(0x04, Buffer.concat([head, fragment]))
}

export interface StoreResponse {
  sopInstanceUID: string
  status: number
}

/** Reads the command set of a P-DATA-TF; undefined when it is no C-STORE-RSP. */
export function readStoreResponse(body: Buffer): StoreResponse | undefined {
  const command = new Map<number, Buffer>()
  for (let offset = 6; offset + 8 <= body.length; ) {
    const length = body.readUInt32LE(offset + 4)
    command.set(body.readUInt16LE(offset + 2), body.subarray(offset + 8, offset + 8 + length))
    offset += 8 + length
  }
  if (command.get(0x0100)?.readUInt16LE() !== 0x8001) return undefined
  return {
    sopInstanceUID: (command.get(0x1000)?.toString('latin1') ?? '').replace(/\0$/, ''),
    status: command.get(0x0900)?.readUInt16LE() ?? -1,
  }
}

/** Cuts the bytes that arrive into PDUs. */
export function* takePdus(buffered: { bytes: Buffer }): Generator<{ type: number; body: Buffer }> {
  while (buffered.bytes.length >= 6) {
    const end = 6 + buffered.bytes.readUInt32BE(2)
    if (buffered.bytes.length < end) return
    const type = buffered.bytes.readUInt8(0)
    const body = buffered.bytes.subarray(6, end)
    buffered.bytes = buffered.bytes.subarray(end)
    yield { type, body }
  }
}

/** The acceptor's limit from A-ASSOCIATE-AC (user information item 51H); 0 means none. */
export function readMaxPduLength(acceptBody: Buffer): number {
  for (let offset = 68; offset + 4 <= acceptBody.length; ) {
    const end = offset + 4 + acceptBody.readUInt16BE(offset + 2)
    if (acceptBody.readUInt8(offset) === 0x50) {
      const maxLength = acceptBody.readUInt8(offset + 4) === 0x51 ? acceptBody.readUInt32BE(offset + 8) : 0
      return maxLength === 0 ? MAX_PDU_LENGTH : Math.min(maxLength, MAX_PDU_LENGTH)
    }
    offset = end
  }
  return MAX_PDU_LENGTH
}
