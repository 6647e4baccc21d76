import { deflateRawSync } from 'node:zlib'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { seeded } from '#electron/demo/random.ts'
import { joined } from '#electron/demo/writeDataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { bits, colours, type Encoder, encode, grey, size } from './encodeFixture.ts'
import { imageDataSet } from './imageFixture.ts'
import { jpeg12 } from './jpeg12Fixture.ts'

/** One way to compress, and a few honest frames in it. */
export interface DamagedCodec {
  name: string
  transferSyntaxUID: string
  frames: readonly { dataSet: DataSet; stream: Uint8Array }[]
  /** Not the stream is damaged, but the file that it lies in. */
  isContainer?: boolean
}

const RGB = { SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 0, ...bits(8, 8) }
const grey8 = () => Uint8Array.from(grey(8))

/** Every codec there is, with frames of grey and colour. After `loadEncoders`. */
export function everyCodec(): DamagedCodec[] {
  const made = (encoder: Encoder, parameters: Record<string, unknown>, depths: readonly number[]) => [
    ...depths.map((depth) => {
      const dataSet = { ...size, ...bits(depth === 8 ? 8 : 16, depth) }
      return { dataSet, stream: encode(encoder, depth === 8 ? grey8() : grey(depth), dataSet, parameters) }
    }),
    ...(depths.includes(8)
      ? [{ dataSet: { ...size, ...RGB }, stream: encode(encoder, colours, { ...size, ...RGB }, parameters) }]
      : []),
  ]
  const lossless = { lossy: false }
  const native = { dataSet: { ...size, ...bits(16, 12) }, stream: new Uint8Array(grey(12).buffer) }
  const deflatedFrame = { ...native, stream: deflateRawSync(native.stream) }
  const codec = (name: string, uid: string, frames: DamagedCodec['frames']): DamagedCodec => ({
    name,
    transferSyntaxUID: `1.2.840.10008.1.2${uid}`,
    frames,
  })
  return [
    codec('JPEG baseline', '.4.50', made('encodeJpeg', { lossy: true, quality: 90 }, [8])),
    codec('JPEG 12 bit', '.4.51', [{ ...native, stream: jpeg12 }]),
    codec('JPEG lossless', '.4.57', made('encodeJpeg', { ...lossless, predictor: 4 }, [8, 16])),
    codec('JPEG lossless SV1', '.4.70', made('encodeJpeg', { ...lossless, predictor: 1 }, [8, 12, 16])),
    codec('JPEG-LS', '.4.80', made('encodeJpegLs', lossless, [8, 12, 16])),
    codec('JPEG-LS near-lossless', '.4.81', made('encodeJpegLs', { lossy: true, allowedLossyError: 3 }, [8, 12])),
    codec('JPEG 2000', '.4.90', made('encodeJpeg2000', lossless, [8, 12, 16])),
    codec('JPEG 2000 lossy', '.4.91', made('encodeJpeg2000', { lossy: true, rate: 20 }, [8, 12])),
    codec('HTJ2K', '.4.201', made('encodeHtJpeg2000', lossless, [8, 12, 16])),
    codec('HTJ2K lossy', '.4.203', made('encodeHtJpeg2000', { lossy: true }, [8, 12])),
    codec('JPEG XL', '.4.110', made('encodeJpegXl', lossless, [8, 12, 16])),
    codec('RLE', '.5', made('encodeRle', {}, [8, 16])),
    codec('deflated frame', '.8.1', [deflatedFrame]),
    codec('deflated', '.1.99', [native]),
    codec('big endian', '.2', [native]),
    codec('native', '.1', [native]),
  ]
}

/** What streams lie in: items of fragments, in front of a decoder, and of a video that is handed out as it is. */
export function everyContainer(): DamagedCodec[] {
  const jpeg = everyCodec().find(({ name }) => name === 'JPEG baseline')
  const video = videoOf(Buffer.concat([Buffer.from('\0\0\0\x18ftyp', 'latin1'), colours]))
  return [
    { name: 'fragments', transferSyntaxUID: '1.2.840.10008.1.2.4.50', frames: jpeg?.frames ?? [], isContainer: true },
    { ...video, isContainer: true },
  ]
}

/** A video around a stream. */
export function videoOf(stream: Uint8Array): DamagedCodec {
  const SOPClassUID = '1.2.840.10008.5.1.4.1.1.77.1.1.1'
  const dataSet = { ...size, ...RGB, PhotometricInterpretation: 'YBR_PARTIAL_420', SOPClassUID, NumberOfFrames: 10 }
  return { name: 'H.264 video', transferSyntaxUID: VIDEO, frames: [{ dataSet, stream }] }
}

const VIDEO = '1.2.840.10008.1.2.4.102'

/** It has no frames here: the browser plays it. */
export const isVideoCodec = ({ transferSyntaxUID }: DamagedCodec) => transferSyntaxUID === VIDEO

const isEncapsulated = ({ transferSyntaxUID }: DamagedCodec) =>
  /^1\.2\.840\.10008\.1\.2\.(4|5|8)(\.|$)/.test(transferSyntaxUID)

/** The file as an honest writer would write it. */
export function honestFile(codec: DamagedCodec): Uint8Array<ArrayBuffer> {
  const [frame] = codec.frames
  if (!frame) throw new RangeError('a codec without frames')
  return fileOf(codec, frame.dataSet, frame.stream)
}

/**
 * The same number makes the same file, on every machine. Of compressed frames the stream is damaged; where the samples are
 * not compressed by themselves, the file behind its meta information.
 */
export function damagedFile(
  codec: DamagedCodec,
  seed: number,
  number: number,
  named: DataSet = {},
): Uint8Array<ArrayBuffer> {
  const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
  const frame = codec.frames[number % codec.frames.length]
  const other = codec.frames[(number + 1) % codec.frames.length]
  if (!frame || !other) throw new RangeError('a codec without frames')
  const dataSet = { ...frame.dataSet, ...named }
  if (isEncapsulated(codec) && !codec.isContainer)
    return fileOf(codec, dataSet, damaged(frame.stream, other.stream, random))
  const whole = fileOf(codec, dataSet, frame.stream)
  // Preamble, prefix, and group 0002 by its own length: without these it is no file.
  const meta = 144 + new DataView(whole.buffer, whole.byteOffset).getUint32(140, true)
  return joined([whole.subarray(0, meta), damaged(whole.subarray(meta), whole.subarray(meta), random)])
}

function fileOf(codec: DamagedCodec, dataSet: DataSet, stream: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = (stream.length >> 2) << 1
  const fragments = codec.isContainer ? [stream.subarray(0, half), stream.subarray(half)] : [stream]
  const PixelData = isEncapsulated(codec) ? { fragments } : new Uint16Array(new Uint8Array(stream).buffer)
  return writePart10({
    transferSyntaxUID: codec.transferSyntaxUID,
    dataSet: imageDataSet({ ...dataSet, PixelData }),
  })
}

const VALUES = [0, 1, 2, 3, 0x7f, 0x80, 0xd8, 0xd9, 0xda, 0xfe, 0xff]
const WORDS = [0, 1, 2, 8, 0x7fff, 0x8000, 0xffff]
/** What a decoder reads first says how it reads all the rest. */
const HEAD = 160

function damaged(stream: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  // A Buffer's own slice would be the same bytes.
  let bytes = new Uint8Array(stream)
  const below = (limit: number) => Math.floor(random() * limit)
  for (let left = 1 + below(3); left > 0; left -= 1) {
    const at = below(Math.max(1, random() < 0.5 ? Math.min(HEAD, bytes.length) : bytes.length))
    const span = 1 + below(Math.min(64, Math.max(1, bytes.length - at)))
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    switch (below(9)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
        break
      case 1:
        bytes[at] = VALUES[below(VALUES.length)] ?? 0
        break
      case 2: {
        const word = WORDS[below(WORDS.length)] ?? 0
        const isBig = random() < 0.5
        if (at + 2 <= bytes.length) new DataView(bytes.buffer, bytes.byteOffset).setUint16(at, word, !isBig)
        break
      }
      case 3:
        bytes = before.slice()
        break
      case 4:
        bytes = joined([before, Uint8Array.from({ length: span }, () => below(256)), after])
        break
      case 5:
        bytes = joined([before, bytes.subarray(at + span)])
        break
      case 6:
        bytes = joined([before, ...Array.from({ length: 2 + below(20) }, () => after.subarray(0, span)), after])
        break
      case 7:
        bytes = joined([before, other.subarray(below(Math.max(1, other.length)))])
        break
      default:
        bytes.fill(VALUES[below(VALUES.length)] ?? 0, at, at + span)
    }
  }
  return bytes
}
