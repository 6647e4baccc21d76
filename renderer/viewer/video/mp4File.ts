import { type AccessUnit, PICTURE_PARAMETERS, SEQUENCE_PARAMETERS, typeOf } from './accessUnits.ts'

/** Ticks a second, of transport streams too. */
export const TICKS = 90_000

export interface Mp4Input {
  pictures: readonly AccessUnit[]
  rows: number
  columns: number
  /** Of pictures that do not say when. */
  frameTicks: number
}

type Bytes = Uint8Array<ArrayBuffer>

/** Packs H.264 pictures as browsers read them: one video track, its description first (ISO/IEC 14496-12 and -15). */
export function mp4File({ pictures, rows, columns, frameTicks }: Mp4Input): Bytes[] | undefined {
  const parameters = (type: number) =>
    distinct(pictures.flatMap(({ units }) => units.filter((u) => typeOf(u) === type)))
  const [sequences, settings] = [parameters(SEQUENCE_PARAMETERS), parameters(PICTURE_PARAMETERS)]
  const [sequence] = sequences
  if (!sequence || settings.length === 0) return undefined
  const samples = pictures.map(({ units }) => units.filter((unit) => !isApart(typeOf(unit))))
  const sizes = samples.map((units) => units.reduce((sum, unit) => sum + 4 + unit.length, 0))
  const media = new Uint8Array(8 + sizes.reduce((sum, size) => sum + size, 0))
  const view = new DataView(media.buffer)
  view.setUint32(0, media.length)
  media.set(ascii('mdat'), 4)
  let at = 8
  for (const unit of samples.flat()) {
    view.setUint32(at, unit.length)
    media.set(unit, at + 4)
    at += 4 + unit.length
  }
  const times = timesOf(pictures, frameTicks)
  const total = times.durations.reduce((sum, ticks) => sum + ticks, 0)
  const type = box('ftyp', ascii('isom'), u32(0x200), ascii('isomiso2avc1mp41'))
  const entry = box(
    'avc1',
    ...[zeros(6), u16(1), zeros(16), u16(columns), u16(rows), u32(0x480000), u32(0x480000), zeros(4), u16(1)],
    ...[zeros(32), u16(24), u16(0xffff)],
    box(
      'avcC',
      Uint8Array.of(1, sequence[1] ?? 0, sequence[2] ?? 0, sequence[3] ?? 0, 0xff, 0xe0 | sequences.length),
      ...sequences.flatMap((unit) => [u16(unit.length), unit]),
      ...[Uint8Array.of(settings.length), ...settings.flatMap((unit) => [u16(unit.length), unit])],
    ),
  )
  const keys = pictures.flatMap(({ isKey }, index) => (isKey ? [index + 1] : []))
  const moov = (offset: number) =>
    box(
      'moov',
      full('mvhd', 0, zeros(8), u32(TICKS), u32(total), u32(0x10000), u16(0x100), zeros(10), MATRIX, zeros(24), u32(2)),
      box(
        'trak',
        full('tkhd', 3, zeros(8), u32(1), zeros(4), u32(total), zeros(16), MATRIX, u32(columns << 16), u32(rows << 16)),
        box(
          'mdia',
          full('mdhd', 0, zeros(8), u32(TICKS), u32(total), u16(0x55c4), zeros(2)),
          full('hdlr', 0, zeros(4), ascii('vide'), zeros(13)),
          box(
            'minf',
            full('vmhd', 1, zeros(8)),
            box('dinf', full('dref', 0, u32(1), full('url ', 1))),
            box(
              'stbl',
              full('stsd', 0, u32(1), entry),
              full('stts', 0, u32(times.durations.length), words(times.durations.flatMap((ticks) => [1, ticks]))),
              full('ctts', 0, u32(times.later.length), words(times.later.flatMap((ticks) => [1, ticks]))),
              ...(keys.length > 0 ? [full('stss', 0, u32(keys.length), words(keys))] : []),
              full('stsc', 0, u32(1), u32(1), u32(sizes.length), u32(1)),
              full('stsz', 0, u32(0), u32(sizes.length), words(sizes)),
              full('stco', 0, u32(1), u32(offset)),
            ),
          ),
        ),
      ),
    )
  const before = type.length + moov(0).length
  return [type, moov(before + 8), media]
}

/** Delimiters and parameters stand in the description, filler nowhere. */
const isApart = (type: number) => type >= SEQUENCE_PARAMETERS && type !== 14 && type <= 15

function distinct(units: readonly Bytes[]): Bytes[] {
  const seen = new Map(units.map((unit) => [unit.join(), unit]))
  return [...seen.values()].slice(0, 31)
}

/** How long each picture is the last one decoded, and how much later than that it is shown. */
function timesOf(pictures: readonly AccessUnit[], frameTicks: number): { durations: number[]; later: number[] } {
  const decode: number[] = []
  const shift: number[] = []
  for (const { time } of pictures) {
    const before = decode.at(-1)
    const usual = before === undefined ? 0 : before + frameTicks
    // A clock that jumps back, or far ahead, is not followed.
    const isUsable = time && (before === undefined || (time.decode > before && time.decode < before + 10 * TICKS))
    decode.push(isUsable ? time.decode : usual)
    shift.push(isUsable ? time.show - time.decode : (shift.at(-1) ?? 0))
  }
  const least = Math.min(0, ...shift)
  return {
    durations: decode.map((ticks, index) => (decode[index + 1] ?? ticks + frameTicks) - ticks),
    later: shift.map((ticks) => Math.max(0, ticks - least)),
  }
}

const ascii = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0))
const zeros = (length: number): Bytes => new Uint8Array(length)
const u16 = (value: number): Bytes => Uint8Array.of((value >> 8) & 255, value & 255)
const u32 = (value: number): Bytes => words([value])
const MATRIX = words([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000])

function words(values: readonly number[]): Bytes {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [index, value] of values.entries()) view.setUint32(4 * index, value)
  return new Uint8Array(view.buffer)
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function box(type: string, ...parts: Bytes[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 8)
  return joined([u32(length), ascii(type), ...parts])
}

function full(type: string, flags: number, ...parts: Bytes[]): Bytes {
  return box(type, u32(flags), ...parts)
}
