import { ascii, CT, data, VERIFICATION, value } from './bytes.ts'

export function us(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(number)
  return bytes
}

/** An element of group 0000; `length` may lie, as may `group`. */
export function element(number: number, bytes: Uint8Array, length = bytes.length, group = 0): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(number, 2)
  head.writeUInt32LE(length, 4)
  return Buffer.concat([head, bytes])
}

export const uid = (text: string): Buffer => ascii(text.length % 2 ? `${text}\0` : text)

/** Elements with the group length that belongs before them. */
export function commandSet(...elements: Uint8Array[]): Buffer {
  const rest = Buffer.concat(elements)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(rest.length)
  return Buffer.concat([element(0x0000, length), rest])
}

export function echoRequest(messageId = 1, dataSetType = 0x0101): Buffer {
  return commandSet(
    element(0x0002, uid(VERIFICATION)),
    element(0x0100, us(0x0030)),
    element(0x0110, us(messageId)),
    element(0x0800, us(dataSetType)),
  )
}

export function storeRequest(sopInstanceUID: string, messageId = 1, sopClassUID = CT): Buffer {
  return commandSet(
    element(0x0002, uid(sopClassUID)),
    element(0x0100, us(0x0001)),
    element(0x0110, us(messageId)),
    element(0x0700, us(0)),
    element(0x0800, us(0x0001)),
    element(0x1000, uid(sopInstanceUID)),
  )
}

export interface ResponseOptions {
  field: number
  messageId: number
  status: number
  hasDataSet?: boolean
  more?: Uint8Array[]
}

export function response({ field, messageId, status, hasDataSet = false, more = [] }: ResponseOptions): Buffer {
  return commandSet(
    element(0x0100, us(field)),
    element(0x0120, us(messageId)),
    element(0x0800, us(hasDataSet ? 0x0001 : 0x0101)),
    element(0x0900, us(status)),
    ...more,
  )
}

/** A whole command in one value of one PDU. */
export const commandPdu = (contextId: number, command: Uint8Array): Buffer => data(value(contextId, 3, command))

/** What a command set says, as far as a peer must know. */
export function readCommand(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4))
    found.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4)))
  return found
}
