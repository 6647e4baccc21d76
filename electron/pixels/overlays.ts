import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { integer16, string, strings, unsigned16, valueBytes } from './attributes.ts'
import { swapWords } from './decode/native.ts'
import type { PixelFormat } from './pixelFormat.ts'

/** An Overlay Plane (PS3.3 C.9.2) whose bits stand in (60xx,3000). */
interface OverlayPlane {
  rows: number
  columns: number
  /** Of the plane's first pixel in the image, from 0; may lie outside. */
  top: number
  left: number
  frames: number
  /** The frame of the image, from 0, that the plane's first frame belongs to. */
  firstFrame: number
  bits: Uint8Array
}

const GROUPS = Array.from({ length: 16 }, (_, index) => (0x6000 + 2 * index).toString(16))
const MAXIMUM_SIDE = 65_535

/** Planes that can be drawn. Those in unused bits of the pixels (retired in 2004) are left out. */
export function overlayPlanes(header: Part10Header, format: PixelFormat): OverlayPlane[] {
  const { dataSet } = header
  const { bigEndian } = encodingOf(header.transferSyntaxUID)
  return GROUPS.flatMap((group): OverlayPlane[] => {
    const tag = (element: string) => `x${group}${element}`
    const bits = overlayData(header, tag('3000'), bigEndian)
    const rows = unsigned16(dataSet, tag('0010')) ?? 0
    const columns = unsigned16(dataSet, tag('0011')) ?? 0
    if (!bits || rows === 0 || columns === 0 || rows > MAXIMUM_SIDE || columns > MAXIMUM_SIDE) return []
    const frames = Math.max(1, Number(strings(dataSet, tag('0015'))[0] ?? 1) || 1)
    if (bits.length * 8 < rows * columns) return []
    return [
      {
        rows,
        columns,
        top: (integer16(dataSet, tag('0050'), 0) ?? 1) - 1,
        left: (integer16(dataSet, tag('0050'), 1) ?? 1) - 1,
        // One plane for a multi-frame image stands on every frame.
        frames: string(dataSet, tag('0015')) === '' ? format.frames : frames,
        firstFrame: Math.max(0, (unsigned16(dataSet, tag('0051')) ?? 1) - 1),
        bits: string(dataSet, tag('0015')) === '' ? bits.subarray(0, Math.ceil((rows * columns) / 8)) : bits,
      },
    ]
  })
}

/** Bits as in little endian: the words of OW turn around (PS3.5 7.3). */
function overlayData({ dataSet }: Part10Header, tag: string, bigEndian: boolean): Uint8Array | undefined {
  const bytes = valueBytes(dataSet, tag)
  if (!bytes || !bigEndian || dataSet.elements[tag]?.vr === 'OB') return bytes
  const copy = Uint8Array.from(bytes)
  swapWords(copy, 2)
  return copy
}

/** One byte a pixel of the image, 255 where any plane of this frame has a bit set. */
export function overlayMask(
  planes: readonly OverlayPlane[],
  format: PixelFormat,
  frame: number,
): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(format.rows * format.columns)
  for (const plane of planes) {
    const index = frame - plane.firstFrame
    if (index < 0 || index >= plane.frames) continue
    const size = plane.rows * plane.columns
    // A plane of one frame holds for all that it covers.
    const first = plane.bits.length * 8 >= (index + 1) * size ? index * size : 0
    for (let row = 0; row < plane.rows; row++) {
      const to = row + plane.top
      if (to < 0 || to >= format.rows) continue
      for (let column = 0; column < plane.columns; column++) {
        const at = first + row * plane.columns + column
        if (((plane.bits[at >> 3] ?? 0) & (1 << (at & 7))) === 0) continue
        const x = column + plane.left
        if (x >= 0 && x < format.columns) mask[to * format.columns + x] = 255
      }
    }
  }
  return mask
}
