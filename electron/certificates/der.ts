/** Distinguished encoding rules (X.690), as much as a certificate needs. Values are made inside out. */
export type Der = Buffer

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

export function der(tag: number, ...content: Uint8Array[]): Der {
  const body = Buffer.concat(content)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = bigEndian(body.length)
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body])
}

export const sequence = (...items: Der[]): Der => der(derTag.sequence, ...items)
export const set = (...items: Der[]): Der => der(derTag.set, ...items)
export const octetString = (bytes: Uint8Array): Der => der(derTag.octetString, bytes)
export const utf8String = (text: string): Der => der(derTag.utf8String, Buffer.from(text, 'utf8'))
export const nothing = (): Der => der(derTag.null)
export const yes = (): Der => der(derTag.boolean, Buffer.from([0xff]))
/** `[number] EXPLICIT` around a value, or `[number] IMPLICIT` with bytes in place of its content. */
export const tagged = (number: number, value: Der): Der => der(0xa0 | number, value)
export const implicit = (number: number, content: Uint8Array): Der => der(0x80 | number, content)

/** Whole bytes; `unusedBits` of the last one do not count. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Der {
  return der(derTag.bitString, Buffer.from([unusedBits]), bytes)
}

/** A number that is not negative, of any length. */
export function integer(value: number | Uint8Array): Der {
  const bytes = typeof value === 'number' ? bigEndian(value) : Buffer.from(value)
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return der(derTag.integer, (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short)
}

export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left & 0x7f) | 0x80)
    return digits
  })
  return der(derTag.objectIdentifier, Buffer.from(bytes))
}

/** RFC 5280 4.1.2.5: two digits of the year until 2049, four from then on. */
export function time(at: Date): Der {
  const text = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
  return at.getUTCFullYear() < 2050
    ? der(derTag.utcTime, Buffer.from(text.slice(2), 'latin1'))
    : der(derTag.generalizedTime, Buffer.from(text, 'latin1'))
}

function bigEndian(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  return Buffer.from(bytes.length === 0 ? [0] : bytes)
}
