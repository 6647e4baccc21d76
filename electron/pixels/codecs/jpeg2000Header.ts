import { FrameProblem } from '../frameProblem.ts'

/** Main header of a JPEG 2000 codestream (ISO 15444-1 A.5, A.6), HTJ2K too. */
export interface Jpeg2000Header {
  rows: number
  columns: number
  components: number
  precision: number
  signed: boolean
  /** Components differ in size, depth or sign. */
  uneven: boolean
  /** The codestream undoes a colour transform (RCT or ICT). */
  colourTransform: boolean
}

const SOC = 0xff4f
const SIZ = 0xff51
const COD = 0xff52
const SOT = 0xff90
const CODESTREAM_BOX = 0x6a703263

const damaged = () => new FrameProblem('The compressed image data is damaged.')

/** Some writers wrap the codestream into the boxes of a JP2 file. */
function codestreamStart(view: DataView): number {
  if (view.byteLength >= 2 && view.getUint16(0) === SOC) return 0
  let position = 0
  for (let boxes = 0; boxes < 64 && position + 8 <= view.byteLength; boxes++) {
    const length = view.getUint32(position)
    if (view.getUint32(position + 4) === CODESTREAM_BOX) return position + (length === 1 ? 16 : 8)
    if (length < 8) break
    position += length
  }
  throw damaged()
}

export function jpeg2000Header(bytes: Uint8Array): Jpeg2000Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = codestreamStart(view) + 2
  let size: Omit<Jpeg2000Header, 'colourTransform'> | undefined
  let colourTransform = false
  while (position + 4 <= view.byteLength) {
    const marker = view.getUint16(position)
    const length = view.getUint16(position + 2)
    if (marker === SOT) break
    if (length < 2 || position + 2 + length > view.byteLength) throw damaged()
    if (marker === SIZ) size = sizeSegment(view, position + 4, length - 2)
    if (marker === COD && length >= 12) colourTransform = view.getUint8(position + 8) === 1
    position += 2 + length
  }
  if (size === undefined) throw damaged()
  return { ...size, colourTransform }
}

function sizeSegment(view: DataView, data: number, length: number): Omit<Jpeg2000Header, 'colourTransform'> {
  if (length < 36) throw damaged()
  const components = view.getUint16(data + 34)
  if (components === 0 || length < 36 + 3 * components) throw damaged()
  const depth = view.getUint8(data + 36)
  let uneven = false
  for (let index = 0; index < components; index++) {
    const at = data + 36 + 3 * index
    if (view.getUint8(at) !== depth || view.getUint8(at + 1) !== 1 || view.getUint8(at + 2) !== 1) uneven = true
  }
  return {
    columns: view.getUint32(data + 2) - view.getUint32(data + 10),
    rows: view.getUint32(data + 6) - view.getUint32(data + 14),
    components,
    precision: (depth & 0x7f) + 1,
    signed: depth > 0x7f,
    uneven,
  }
}
