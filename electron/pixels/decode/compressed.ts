import type { PixelCodec } from '#shared/dicom/transferSyntax.ts'
import type { CodecInput, CodecModule, CodecName, CodecOutput } from '../codecs/codecModule.ts'
import { jpeg2000Header } from '../codecs/jpeg2000Header.ts'
import { type JpegHeader, jpegHeader, jpegIsYcc } from '../codecs/jpegHeader.ts'
import { jpegXlHeader } from '../codecs/jpegXlHeader.ts'
import { FrameProblem } from '../frameProblem.ts'
import type { PixelFormat } from '../pixelFormat.ts'
import type { Decoded } from './decoded.ts'

/**
 * Decodes one frame. The stream's own header is read first and must agree with the object's rows and columns: the
 * library writes by the stream, and an image of another size than announced would be a wrong one.
 */
export function decodeCompressed(
  module: CodecModule,
  codec: PixelCodec,
  encoded: Uint8Array,
  format: PixelFormat,
): Decoded {
  switch (codec) {
    case 'jpeg':
    case 'jpeg-lossless':
    case 'other':
      return decodeJpeg(module, encoded, format)
    case 'jpeg-ls':
      return decodeJpegLs(module, encoded, format)
    case 'jpeg-2000':
      return decodeJpeg2000(module, 'DecodeJpeg2000', encoded, format)
    case 'htj2k':
      return decodeJpeg2000(module, 'DecodeHtJpeg2000', encoded, format)
    case 'jpeg-xl':
      return decodeJpegXl(module, encoded, format)
    default:
      throw new FrameProblem('The compression of this image is not supported.')
  }
}

function checkSize(stream: { rows: number; columns: number; components: number }, format: PixelFormat): void {
  const smaller = format.tiled && stream.rows <= format.rows && stream.columns <= format.columns
  if (!smaller && (stream.rows !== format.rows || stream.columns !== format.columns)) {
    throw new FrameProblem('The compressed image has another size than its header says.')
  }
  if (stream.components !== format.samplesPerPixel) {
    throw new FrameProblem('The compressed image has another number of colours than its header says.')
  }
}

function run(module: CodecModule, codec: CodecName, encoded: Uint8Array, input: CodecInput): CodecOutput['bytes'] {
  const { bytes, complete } = module.decode(codec, encoded, input)
  if (!complete) throw new FrameProblem('The compressed image data is incomplete.')
  if (bytes.length !== (input.rows * input.columns * input.samplesPerPixel * input.bitsAllocated) / 8) {
    throw new FrameProblem('The compressed image has another size than its header says.')
  }
  return bytes
}

function jpegInput(header: JpegHeader): CodecInput {
  const { rows, columns, components, precision } = header
  if (precision < 2 || precision > 16) throw new FrameProblem(`JPEG with ${precision} bits is not supported.`)
  const bitsAllocated = precision <= 8 ? 8 : 16
  return { rows, columns, samplesPerPixel: components, bitsAllocated, bitsStored: precision, signed: false }
}

function decodeJpeg(module: CodecModule, encoded: Uint8Array, format: PixelFormat): Decoded {
  const header = jpegHeader(encoded)
  checkSize(header, format)
  const input = jpegInput(header)
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = input
  const bytes = run(module, 'DecodeJpeg', encoded, input)
  const colour = jpegIsYcc(header, format.photometricInterpretation) ? 'ycc' : 'rgb'
  return {
    rows,
    columns,
    components,
    bytes,
    bitsAllocated,
    precision: input.bitsStored,
    signed: false,
    planar: false,
    colour,
  }
}

function decodeJpegLs(module: CodecModule, encoded: Uint8Array, format: PixelFormat): Decoded {
  const header = jpegHeader(encoded)
  checkSize(header, format)
  // Without an end CharLS reads zeros for many seconds; no entropy code holds this marker.
  if (Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length).lastIndexOf(END_OF_IMAGE) < 0) {
    throw new FrameProblem('The compressed image data is incomplete.')
  }
  const input = jpegInput(header)
  const { rows, columns, samplesPerPixel: components, bitsAllocated } = input
  const bytes = run(module, 'DecodeJpegLs', encoded, input)
  // CharLS gives components that were scanned one after the other as planes.
  const planar = components > 1 && header.interleave === 0
  return {
    rows,
    columns,
    components,
    bytes,
    bitsAllocated,
    precision: input.bitsStored,
    signed: false,
    planar,
    colour: declaredColour(format),
  }
}

function decodeJpeg2000(
  module: CodecModule,
  codec: 'DecodeJpeg2000' | 'DecodeHtJpeg2000',
  encoded: Uint8Array,
  format: PixelFormat,
): Decoded {
  const header = jpeg2000Header(encoded)
  checkSize(header, format)
  const { rows, columns, components, precision, signed } = header
  if (header.uneven || precision > 16) throw new FrameProblem('This kind of JPEG 2000 stream is not supported.')
  const high = codec === 'DecodeHtJpeg2000'
  // OpenJPEG's binding gives colour in bytes whatever its depth.
  if (!high && components > 1 && precision > 8) {
    throw new FrameProblem('JPEG 2000 colour with more than 8 bits is not supported.')
  }
  // The binding of OpenJPH clips to unsigned bytes unless it is asked for words.
  const bitsAllocated = high || precision > 8 ? 16 : 8
  const input: CodecInput = { rows, columns, samplesPerPixel: components, bitsAllocated, bitsStored: precision, signed }
  const raw = run(module, codec, encoded, input)
  const planar = high && components > 1 && !header.colourTransform
  const bytes = planar ? unshuffledLines(raw, rows, columns, components) : raw
  // YBR_RCT and YBR_ICT are undone by the codec; what was YBR_FULL before it was compressed still is (PS3.5 8.2.4).
  const colour = declaredColour(format)
  return { rows, columns, components, bytes, bitsAllocated, precision: input.bitsStored, signed, planar, colour }
}

/**
 * Without a colour transform OpenJPH gives all lines of the first component, then all of the next, but its binding puts
 * the k-th line where line k of interleaved components would go. This puts them back, as planes.
 */
function unshuffledLines(raw: Uint8Array, rows: number, columns: number, components: number): Uint8Array<ArrayBuffer> {
  const source = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2)
  const planes = new Uint16Array(source.length)
  for (let line = 0; line < rows * components; line++) {
    const start = Math.floor(line / components) * columns * components + (line % components)
    for (let x = 0; x < columns; x++) planes[line * columns + x] = source[start + x * components] ?? 0
  }
  return new Uint8Array(planes.buffer)
}

function decodeJpegXl(module: CodecModule, encoded: Uint8Array, format: PixelFormat): Decoded {
  const { rows, columns, precision } = jpegXlHeader(encoded)
  checkSize({ rows, columns, components: format.samplesPerPixel }, format)
  if (precision > 16) throw new FrameProblem('JPEG XL with more than 16 bits is not supported.')
  const components = format.samplesPerPixel
  const bitsAllocated = precision <= 8 ? 8 : 16
  const input: CodecInput = {
    rows,
    columns,
    samplesPerPixel: components,
    bitsAllocated,
    bitsStored: precision,
    signed: false,
  }
  const bytes = run(module, 'DecodeJpegXl', encoded, input)
  if (precision !== bitsAllocated) unscale(bytes, bitsAllocated, precision)
  // libjxl always hands out RGB, from recompressed YCbCr JPEG too.
  return {
    rows,
    columns,
    components,
    bytes,
    bitsAllocated,
    precision: input.bitsStored,
    signed: false,
    planar: false,
    colour: 'rgb',
  }
}

/** libjxl stretches samples to the full range of the byte or word; rounding back is exact. */
function unscale(bytes: Uint8Array<ArrayBuffer>, bitsAllocated: number, precision: number): void {
  const samples = bitsAllocated === 8 ? bytes : new Uint16Array(bytes.buffer)
  const factor = (2 ** precision - 1) / (2 ** bitsAllocated - 1)
  for (let index = 0; index < samples.length; index++) samples[index] = Math.round((samples[index] ?? 0) * factor)
}

const END_OF_IMAGE = Buffer.of(0xff, 0xd9)

const isYbrFull = (format: PixelFormat) => /^YBR_(FULL|PARTIAL)/.test(format.photometricInterpretation)
const declaredColour = (format: PixelFormat) => (isYbrFull(format) ? 'ycc' : 'rgb')
