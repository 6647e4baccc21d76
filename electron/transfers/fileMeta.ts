import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'

export interface FileMeta {
  sopClassUID: string
  sopInstanceUID: string
  transferSyntaxUID: string
}

/** Preamble and File Meta Information (PS3.10 7.1) for a data set that came without. Always Explicit VR Little Endian. */
export function fileMeta({ sopClassUID, sopInstanceUID, transferSyntaxUID }: FileMeta): Uint8Array {
  const elements = Buffer.concat([
    longElement(0x0001, 'OB', Buffer.of(0, 1)),
    shortElement(0x0002, 'UI', uid(sopClassUID)),
    shortElement(0x0003, 'UI', uid(sopInstanceUID)),
    shortElement(0x0010, 'UI', uid(transferSyntaxUID)),
    shortElement(0x0012, 'UI', uid(IMPLEMENTATION_CLASS_UID)),
    shortElement(0x0013, 'SH', padded(IMPLEMENTATION_VERSION_NAME, 0x20)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(elements.length)
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), shortElement(0x0000, 'UL', length), elements])
}

function shortElement(element: number, vr: string, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(0x0002, 0)
  head.writeUInt16LE(element, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt16LE(value.length, 6)
  return Buffer.concat([head, value])
}

function longElement(element: number, vr: string, value: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(0x0002, 0)
  head.writeUInt16LE(element, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt32LE(value.length, 8)
  return Buffer.concat([head, value])
}

const uid = (value: string) => padded(value, 0)

/** PS3.5 6.2: even length; UIDs end with NUL, text with a space. */
function padded(value: string, filler: number): Buffer {
  const bytes = Buffer.from(value, 'latin1')
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(filler)])
}
