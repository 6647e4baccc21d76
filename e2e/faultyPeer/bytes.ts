/**
 * PDUs and commands, right ones and wrong ones, written here a second time on purpose: a faulty peer made of the product's
 * own encoder could not say what that encoder would never say. PS3.8 9.3, PS3.7 6.3 and E.
 */
export const VERIFICATION = '1.2.840.10008.1.1'
export const CT = '1.2.840.10008.5.1.4.1.1.2'
export const IMPLICIT = '1.2.840.10008.1.2'
export const EXPLICIT = '1.2.840.10008.1.2.1'

export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** `length` may lie. */
export function pdu(type: number, body: Uint8Array, length = body.length): Buffer {
  return Buffer.concat([Buffer.from([type, 0]), uint32(length), body])
}

export function item(type: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([type, 0]), uint16(body.length), body])
}

export interface Proposed {
  id: number
  abstractSyntax: string
  transferSyntaxes: string[]
}

export interface RequestOptions {
  contexts?: Proposed[]
  maxPduLength?: number
  calledAETitle?: string
  callingAETitle?: string
  protocolVersion?: number
  applicationContext?: string
  /** More sub-items of the user information. */
  user?: Uint8Array[]
  /** More items behind it. */
  more?: Uint8Array[]
}

export const verification: Proposed = { id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT] }
export const ct: Proposed = { id: 3, abstractSyntax: CT, transferSyntaxes: [EXPLICIT] }

function fixedFields(version: number, called: string, calling: string): Buffer {
  return Buffer.concat([
    uint16(version),
    uint16(0),
    ascii(called.padEnd(16).slice(0, 16)),
    ascii(calling.padEnd(16).slice(0, 16)),
    Buffer.alloc(32),
  ])
}

export function userInformation(maxPduLength: number, more: Uint8Array[] = []): Buffer {
  return item(0x50, item(0x51, uint32(maxPduLength)), item(0x52, ascii('1.2.826.0.1.3680043.10.1447.8')), ...more)
}

export function proposedContext({ id, abstractSyntax, transferSyntaxes }: Proposed): Buffer {
  const syntaxes = transferSyntaxes.map((syntax) => item(0x40, ascii(syntax)))
  return item(0x20, Buffer.from([id, 0, 0, 0]), item(0x30, ascii(abstractSyntax)), ...syntaxes)
}

export function requestBody(options: RequestOptions = {}): Buffer {
  const { contexts = [verification, ct], maxPduLength = 16_384, protocolVersion = 1 } = options
  return Buffer.concat([
    fixedFields(protocolVersion, options.calledAETitle ?? 'NEGATOSCOPE', options.callingAETitle ?? 'FAULTY'),
    item(0x10, ascii(options.applicationContext ?? '1.2.840.10008.3.1.1.1')),
    ...contexts.map(proposedContext),
    userInformation(maxPduLength, options.user),
    ...(options.more ?? []),
  ])
}

export const request = (options?: RequestOptions): Buffer => pdu(0x01, requestBody(options))

export interface Answered {
  id: number
  result: number
  transferSyntax: string
}

export function answeredContext({ id, result, transferSyntax }: Answered): Buffer {
  return item(0x21, Buffer.from([id, 0, result, 0]), item(0x40, ascii(transferSyntax)))
}

export function acceptBody(contexts: Answered[], maxPduLength = 16_384, more: Uint8Array[] = []): Buffer {
  return Buffer.concat([
    fixedFields(1, 'FAULTY', 'NEGATOSCOPE'),
    item(0x10, ascii('1.2.840.10008.3.1.1.1')),
    ...contexts.map(answeredContext),
    userInformation(maxPduLength),
    ...more,
  ])
}

export const reject = (result = 1, source = 1, reason = 1): Buffer =>
  pdu(0x03, Buffer.from([0, result, source, reason]))
export const releaseRequest = pdu(0x05, Buffer.alloc(4))
export const releaseResponse = pdu(0x06, Buffer.alloc(4))
export const abort = pdu(0x07, Buffer.alloc(4))

/** A presentation data value; `length` may lie. `control`: 1 command, 2 last (PS3.8 E.2). */
export function value(contextId: number, control: number, bytes: Uint8Array, length = bytes.length + 2): Buffer {
  return Buffer.concat([uint32(length), Buffer.from([contextId, control]), bytes])
}

export const data = (...values: Uint8Array[]): Buffer => pdu(0x04, Buffer.concat(values))

/** `bytes` in values of `size`, each in a PDU of its own. */
export function crumbs(contextId: number, kind: number, bytes: Uint8Array, size: number): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const last = at + size >= bytes.length ? 2 : 0
    parts.push(data(value(contextId, kind | last, bytes.subarray(at, at + size))))
  }
  return Buffer.concat(parts)
}
