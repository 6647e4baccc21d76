import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'

/**
 * PS3.10 7.1: preamble and file meta information for a data set that came without. The same instance always gets the
 * same bytes: no time, no AE title.
 */
export function encodeFileMeta(sopClassUID: string, sopInstanceUID: string, transferSyntaxUID: string): Buffer {
  const elements = [
    // OB has a two-byte reserved field and a 32-bit length (PS3.5 7.1.2).
    Buffer.from([0x02, 0x00, 0x01, 0x00, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 0x00, 0x01]),
    text(0x0002, 'UI', sopClassUID),
    text(0x0003, 'UI', sopInstanceUID),
    text(0x0010, 'UI', transferSyntaxUID),
    text(0x0012, 'UI', IMPLEMENTATION_CLASS_UID),
    text(0x0013, 'SH', IMPLEMENTATION_VERSION_NAME),
  ]
  const head = Buffer.alloc(144)
  head.write('DICM', 128, 'latin1')
  head.set([0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 0x04, 0x00], 132)
  head.writeUInt32LE(
    elements.reduce((length, element) => length + element.length, 0),
    140,
  )
  return Buffer.concat([head, ...elements])
}

function text(element: number, vr: 'UI' | 'SH', value: string): Buffer {
  const buffer = Buffer.alloc(8 + value.length + (value.length % 2), vr === 'UI' ? 0 : ' ')
  buffer.writeUInt16LE(0x0002, 0)
  buffer.writeUInt16LE(element, 2)
  buffer.write(vr, 4, 'latin1')
  buffer.writeUInt16LE(buffer.length - 8, 6)
  buffer.write(value, 8, 'latin1')
  return buffer
}
