import type { Palette } from '../palette.ts'
import type { PixelFormat } from '../pixelFormat.ts'
import type { Decoded } from './decoded.ts'
import { type Samples, storedValues } from './grey.ts'

/** Interleaved 8-bit RGB. Deeper samples keep their most significant bits. */
export function toRgb8(decoded: Decoded, format: PixelFormat): Uint8Array<ArrayBuffer> {
  const samples = interleaved(storedValues({ ...decoded, signed: false }, { ...format, signed: false }), decoded)
  const bytes = samples instanceof Uint8Array ? narrowed8(samples, format) : narrowed(samples, format.bitsStored)
  if (decoded.colour === 'ycc') {
    if (format.photometricInterpretation === 'YBR_PARTIAL_422') partialYccToRgb(bytes)
    else yccToRgb(bytes)
  }
  return bytes
}

function interleaved(samples: Samples, decoded: Decoded): Samples {
  if (!decoded.planar) return samples
  const pixels = decoded.rows * decoded.columns
  const { components } = decoded
  const output = samples.slice()
  for (let component = 0; component < components; component++) {
    const plane = component * pixels
    for (let pixel = 0, to = component; pixel < pixels; pixel++, to += components) {
      output[to] = samples[plane + pixel] ?? 0
    }
  }
  return output
}

/** Fewer than 8 bits stored: stretched, so that full intensity is 255. */
function narrowed8(samples: Uint8Array, format: PixelFormat): Uint8Array<ArrayBuffer> {
  const owned = samples as Uint8Array<ArrayBuffer>
  if (format.bitsStored >= 8) return owned
  const maximum = 2 ** format.bitsStored - 1
  return owned.map((value) => Math.round((value * 255) / maximum))
}

function narrowed(samples: Samples, bitsStored: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length)
  if (bitsStored <= 8) {
    const maximum = 2 ** bitsStored - 1
    for (let index = 0; index < samples.length; index++)
      bytes[index] = Math.round(((samples[index] ?? 0) * 255) / maximum)
    return bytes
  }
  const shift = bitsStored - 8
  for (let index = 0; index < samples.length; index++) bytes[index] = (samples[index] ?? 0) >>> shift
  return bytes
}

const clamp = (value: number) => (value < 0 ? 0 : Math.min(value, 255))

const redOfCr = Int16Array.from({ length: 256 }, (_, cr) => Math.round(1.402 * (cr - 128)))
const blueOfCb = Int16Array.from({ length: 256 }, (_, cb) => Math.round(1.772 * (cb - 128)))
/** Sixteen binary places, rounded once for both. */
const greenOfCr = Int32Array.from({ length: 256 }, (_, cr) => Math.round(-0.714136 * (cr - 128) * 65536))
const greenOfCb = Int32Array.from({ length: 256 }, (_, cb) => Math.round(-0.344136 * (cb - 128) * 65536) + 32768)

/** Full-range ITU-R BT.601 (PS3.3 C.7.6.3.1.2), in place. */
export function yccToRgb(bytes: Uint8Array): void {
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    const y = bytes[at] ?? 0
    const cb = bytes[at + 1] ?? 0
    const cr = bytes[at + 2] ?? 0
    bytes[at] = clamp(y + (redOfCr[cr] ?? 0))
    bytes[at + 1] = clamp(y + (((greenOfCb[cb] ?? 0) + (greenOfCr[cr] ?? 0)) >> 16))
    bytes[at + 2] = clamp(y + (blueOfCb[cb] ?? 0))
  }
}

/** Y from 16 to 235, Cb and Cr from 16 to 240 (retired YBR_PARTIAL_422), in place. */
export function partialYccToRgb(bytes: Uint8Array): void {
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    const y = 1.1644 * ((bytes[at] ?? 0) - 16)
    const cb = (bytes[at + 1] ?? 0) - 128
    const cr = (bytes[at + 2] ?? 0) - 128
    bytes[at] = clamp(Math.round(y + 1.596 * cr))
    bytes[at + 1] = clamp(Math.round(y - 0.3917 * cb - 0.8129 * cr))
    bytes[at + 2] = clamp(Math.round(y + 2.0173 * cb))
  }
}

/** PALETTE COLOR (PS3.3 C.7.6.3.1.5): values outside the table take its first or last entry. */
export function paletteToRgb8(values: Samples, palette: Palette): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 3)
  const last = palette.red.length - 1
  for (let index = 0, to = 0; index < values.length; index++, to += 3) {
    const wanted = (values[index] ?? 0) - palette.firstInput
    const at = wanted < 0 ? 0 : Math.min(wanted, last)
    bytes[to] = palette.red[at] ?? 0
    bytes[to + 1] = palette.green[at] ?? 0
    bytes[to + 2] = palette.blue[at] ?? 0
  }
  return bytes
}
