type Bytes = Uint8Array<ArrayBuffer>

const PACKET = 188
const TABLE_PID = 0x100
const AUDIO_PID = 0x110
const VIDEO_PID = 0x111

/** A unit behind its start code, of three bytes or of four. */
export function startCoded(unit: Uint8Array, zeros = 3): Bytes {
  return Uint8Array.from([...new Array(zeros).fill(0), 1, ...unit])
}

export function joinedBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export interface TimedPicture {
  /** Units with start codes. */
  data: Uint8Array
  /** Ticks of 90 kHz. */
  decode: number
  show: number
}

/** Packs pictures as recorders do (ISO/IEC 13818-1): tables, sound beside, packets of 188 bytes with `lead` bytes before each. */
export function transportStreamOf(pictures: readonly TimedPicture[], lead = 0): Bytes {
  const table = [0x02, 0xb0, 23, 0, 1, 0xc1, 0, 0, 0xe0 | (VIDEO_PID >> 8), VIDEO_PID & 255, 0xf0, 0]
  const entry = (type: number, pid: number) => [type, 0xe0 | (pid >> 8), pid & 255, 0xf0, 0]
  return joinedBytes([
    ...packets(
      0,
      [0, 0x00, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (TABLE_PID >> 8), TABLE_PID & 255, 0, 0, 0, 0],
      lead,
    ),
    ...packets(TABLE_PID, [0, ...table, ...entry(0x0f, AUDIO_PID), ...entry(0x1b, VIDEO_PID), 0, 0, 0, 0], lead),
    ...pictures.flatMap(({ data, decode, show }) => [
      ...packets(AUDIO_PID, [0, 0, 1, 0xc0, 0, 0, 0x80, 0, 0, 9, 9, 9], lead),
      ...packets(
        VIDEO_PID,
        [0, 0, 1, 0xe0, 0, 0, 0x80, 0xc0, 10, ...clock(3, show), ...clock(1, decode), ...data],
        lead,
      ),
    ]),
  ])
}

function clock(kind: number, ticks: number): number[] {
  const high = Math.floor(ticks / 2 ** 30)
  return [
    (kind << 4) | (high << 1) | 1,
    (ticks >> 22) & 255,
    ((ticks >> 14) & 0xfe) | 1,
    (ticks >> 7) & 255,
    ((ticks << 1) & 0xfe) | 1,
  ]
}

/** What does not fill a packet is stuffed in front (2.4.3.5). */
function packets(pid: number, payload: readonly number[], lead: number): Bytes[] {
  const made: Bytes[] = []
  for (let at = 0; at < payload.length; at += PACKET - 4) {
    const part = payload.slice(at, at + PACKET - 4)
    const stuffing = PACKET - 4 - part.length
    const field =
      stuffing === 0 ? [] : [stuffing - 1, ...(stuffing > 1 ? [0, ...new Array(stuffing - 2).fill(0xff)] : [])]
    const header = [0x47, (at === 0 ? 0x40 : 0) | (pid >> 8), pid & 255, stuffing > 0 ? 0x30 : 0x10]
    made.push(Uint8Array.from([...new Array(lead).fill(0), ...header, ...field, ...part]))
  }
  return made
}
