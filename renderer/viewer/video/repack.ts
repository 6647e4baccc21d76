import { type AccessUnit, accessUnits, SEQUENCE_PARAMETERS, typeOf } from './accessUnits.ts'
import { mp4File, TICKS } from './mp4File.ts'
import { h264Of, packetStride } from './transportStream.ts'

export interface RepackInput {
  bytes: Uint8Array<ArrayBuffer>
  rows: number
  columns: number
  /** Of the file; null where it does not say. */
  frameTimeMs: number | null
}

const USUAL_FRAME_MS = 40
const SAVE = 'Save it and open it with another program.'

/** An H.264 video in a transport stream, or without anything around it, as MP4; or why it cannot be, as a sentence. */
export function repack({ bytes, rows, columns, frameTimeMs }: RepackInput): Uint8Array<ArrayBuffer>[] | string {
  const inPackets = packetStride(bytes) !== undefined
  const found = inPackets ? h264Of(bytes) : undefined
  if (inPackets && !found) return `There is no H.264 video in this transport stream. ${SAVE}`
  if (!inPackets && !isByteStream(bytes))
    return `This video is packed in a way that neither browsers nor this program read. ${SAVE}`
  const pictures = accessUnits(found?.stream ?? bytes, found?.timeFrom)
  if (!isTimed(pictures) && pictures.some(({ hasB }) => hasB))
    return `This video has no times, and its pictures are not in the order in which they are seen. ${SAVE}`
  const frameTicks = Math.round(((frameTimeMs ?? USUAL_FRAME_MS) * TICKS) / 1000)
  return (
    mp4File({ pictures, rows, columns, frameTicks }) ?? `The description of this H.264 video is missing in it. ${SAVE}`
  )
}

const isTimed = (pictures: readonly AccessUnit[]) => pictures.some(({ time }) => time !== undefined)

/** A start code, and parameters of H.264 near the beginning: MPEG-2 has start codes too. */
function isByteStream(bytes: Uint8Array<ArrayBuffer>): boolean {
  if (bytes[0] !== 0 || bytes[1] !== 0) return false
  const first = accessUnits(bytes.subarray(0, 64 * 1024))[0]
  return first?.units.some((unit) => typeOf(unit) === SEQUENCE_PARAMETERS) ?? false
}
