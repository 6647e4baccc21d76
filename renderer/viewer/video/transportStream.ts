import type { StreamTime } from './accessUnits.ts'

const PACKET = 188
const SYNC = 0x47
const H264 = 0x1b
const NOBODY = 0x1fff

export interface ElementaryStream {
  /** The byte stream, without packets around it. */
  stream: Uint8Array<ArrayBuffer>
  /** The time of the packet that begins between two offsets of the stream, if one does. */
  timeFrom(from: number, to: number): StreamTime | undefined
}

/** Bytes between packets: none, or four with the time of arrival before each (M2TS). Undefined: no transport stream. */
export function packetStride(bytes: Uint8Array): { stride: number; lead: number } | undefined {
  for (const lead of [0, 4]) {
    const stride = PACKET + lead
    const isSync = [0, 1, 2].every((count) => {
      const at = lead + count * stride
      return at >= bytes.length ? count > 0 : bytes[at] === SYNC
    })
    if (isSync) return { stride, lead }
  }
  return undefined
}

/** The H.264 stream of the first programme (ISO/IEC 13818-1); undefined where there is none. */
export function h264Of(bytes: Uint8Array<ArrayBuffer>): ElementaryStream | undefined {
  const step = packetStride(bytes)
  if (!step) return undefined
  let [tablePid, videoPid] = [NOBODY, NOBODY]
  const parts: Uint8Array<ArrayBuffer>[] = []
  const times: { offset: number; time: StreamTime }[] = []
  let length = 0
  let isBegun = false
  for (let at = step.lead; at + PACKET <= bytes.length; at += step.stride) {
    const packet = payloadOf(bytes.subarray(at, at + PACKET))
    if (!packet) continue
    const { pid, begins, payload } = packet
    if (pid === 0 && begins) tablePid = firstProgramme(payload) ?? tablePid
    else if (pid === tablePid && begins) videoPid = h264Pid(payload) ?? videoPid
    else if (pid === videoPid && videoPid !== NOBODY) {
      let data = payload
      if (begins) {
        const header = packetHeader(payload)
        if (!header) continue
        isBegun = true
        data = payload.subarray(header.length)
        if (header.time) times.push({ offset: length, time: header.time })
      }
      // The end of a packet whose beginning was never there.
      if (!isBegun) continue
      parts.push(data)
      length += data.length
    }
  }
  if (length === 0) return undefined
  const stream = new Uint8Array(length)
  let filled = 0
  for (const part of parts) {
    stream.set(part, filled)
    filled += part.length
  }
  let next = 0
  return {
    stream,
    // Asked in the order of the stream.
    timeFrom(from, to) {
      while (next < times.length && (times[next]?.offset ?? 0) < from) next += 1
      const found = times[next]
      return found && found.offset < to ? found.time : undefined
    },
  }
}

function payloadOf(packet: Uint8Array<ArrayBuffer>) {
  const [sync, high = 0, low = 0, flags = 0, fieldLength = 0] = packet
  if (sync !== SYNC || high & 0x80 || !(flags & 0x10)) return undefined
  const from = flags & 0x20 ? 5 + fieldLength : 4
  if (from >= PACKET) return undefined
  return { pid: ((high & 0x1f) << 8) | low, begins: (high & 0x40) !== 0, payload: packet.subarray(from) }
}

/** A section of a table, from its first byte to before its checksum. */
function sectionOf(payload: Uint8Array): Uint8Array {
  const section = payload.subarray(1 + (payload[0] ?? 0))
  const length = (((section[1] ?? 0) & 0x0f) << 8) | (section[2] ?? 0)
  return section.subarray(0, Math.max(0, 3 + length - 4))
}

function firstProgramme(payload: Uint8Array): number | undefined {
  const section = sectionOf(payload)
  for (let at = 8; at + 4 <= section.length; at += 4) {
    const isProgramme = section[at] !== 0 || section[at + 1] !== 0
    if (isProgramme) return (((section[at + 2] ?? 0) & 0x1f) << 8) | (section[at + 3] ?? 0)
  }
  return undefined
}

function h264Pid(payload: Uint8Array): number | undefined {
  const section = sectionOf(payload)
  const skipped = (((section[10] ?? 0) & 0x0f) << 8) | (section[11] ?? 0)
  for (let at = 12 + skipped; at + 5 <= section.length; ) {
    if (section[at] === H264) return (((section[at + 1] ?? 0) & 0x1f) << 8) | (section[at + 2] ?? 0)
    at += 5 + ((((section[at + 3] ?? 0) & 0x0f) << 8) | (section[at + 4] ?? 0))
  }
  return undefined
}

/** 2.4.3.6: how long the header of a PES packet is, and when its picture is shown and decoded. */
function packetHeader(payload: Uint8Array): { length: number; time?: StreamTime } | undefined {
  if (payload[0] !== 0 || payload[1] !== 0 || payload[2] !== 1) return undefined
  const flags = (payload[7] ?? 0) >> 6
  const length = 9 + (payload[8] ?? 0)
  if (!(flags & 2)) return { length }
  const show = clock(payload, 9)
  return { length, time: { show, decode: flags === 3 ? clock(payload, 14) : show } }
}

function clock(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5)
  return ((a >> 1) & 7) * 2 ** 30 + ((b << 22) | ((c >> 1) << 15) | (d << 7) | (e >> 1))
}
