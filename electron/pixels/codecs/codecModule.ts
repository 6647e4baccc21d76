import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { FrameProblem } from '../frameProblem.ts'

/** What the WebAssembly of dcmjs-codecs 0.0.8 exports: pointers are numbers. */
interface CodecExports {
  memory: { readonly buffer: ArrayBuffer }
  _initialize(): void
  CreateCodecsContext(): number
  ReleaseCodecsContext(context: number): void
  CreateDecoderParameters(): number
  SetConvertColorspaceToRgb(parameters: number, convert: number): void
  SetColumns(context: number, value: number): void
  SetRows(context: number, value: number): void
  SetBitsAllocated(context: number, value: number): void
  SetBitsStored(context: number, value: number): void
  SetSamplesPerPixel(context: number, value: number): void
  SetPixelRepresentation(context: number, value: number): void
  SetPlanarConfiguration(context: number, value: number): void
  SetEncodedBufferSize(context: number, bytes: number): void
  GetEncodedBuffer(context: number): number
  GetDecodedBuffer(context: number): number
  GetDecodedBufferSize(context: number): number
  DecodeJpeg(context: number, parameters: number): void
  DecodeJpegLs(context: number, parameters: number): void
  DecodeJpeg2000(context: number, parameters: number): void
  DecodeHtJpeg2000(context: number, parameters: number): void
  DecodeJpegXl(context: number, parameters: number): void
  CreateEncoderParameters(): number
  ReleaseEncoderParameters(parameters: number): void
  SetLossy(parameters: number, lossy: number): void
  SetQuality(parameters: number, quality: number): void
  SetSampleFactor(parameters: number, factor: number): void
  SetPhotometricInterpretation(context: number, index: number): void
  SetDecodedBufferSize(context: number, bytes: number): void
  GetEncodedBufferSize(context: number): number
  EncodeJpeg(context: number, parameters: number): void
}

export type CodecName = 'DecodeJpeg' | 'DecodeJpegLs' | 'DecodeJpeg2000' | 'DecodeHtJpeg2000' | 'DecodeJpegXl'

/** What the stream itself says of the image; the decoders write by it, so it must be read before they run. */
export interface CodecInput {
  columns: number
  rows: number
  samplesPerPixel: number
  bitsAllocated: 8 | 16
  bitsStored: number
  signed: boolean
}

export interface CodecOutput {
  bytes: Uint8Array<ArrayBuffer>
  /** The library met no gap. A decoder that fills a cut-off stream with grey says so only by a message. */
  complete: boolean
}

/** Wasm memory never shrinks; beyond this the next frame gets a new instance. */
const MAXIMUM_IDLE_BYTES = 512 * 1024 * 1024
/** What a decoder may take beside the image: a stream that claims thousands of tiles would take all memory there is. */
const WORKING_BYTES = 256 * 1024 * 1024
const WORKING_BYTES_PER_SAMPLE = 32
/** What libjpeg, OpenJPEG and OpenJPH say when they filled missing data by themselves. */
const INCOMPLETE =
  /premature end|bad huffman|instead of RST|inconsistent progression|truncat|unexpected end|terminated early|not enough|missing/i

/** Places in the library's list of photometric interpretations. */
const MONOCHROME2_INDEX = 1
const RGB_INDEX = 3

type Imports = Record<string, Record<string, (...args: never[]) => unknown>>
interface WebAssemblyInterface {
  compile(bytes: Uint8Array): Promise<object>
  Instance: new (module: object, imports: Imports) => { readonly exports: unknown }
}
/** TypeScript declares WebAssembly in the DOM library only. */
const { WebAssembly: webAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyInterface }

class CodecFailure extends Error {}

/**
 * Binding of our own to the codecs of dcmjs-codecs. Its JavaScript keeps one instance for ever, but an error leaves
 * that instance with an unwound stack and lost memory, so here each error throws the instance away.
 */
export class CodecModule {
  readonly #module: object
  #exports: CodecExports | undefined
  #complete = true
  #maximumBytes = WORKING_BYTES

  private constructor(module: object) {
    this.#module = module
  }

  static async load(): Promise<CodecModule> {
    const entry = createRequire(import.meta.url).resolve('dcmjs-codecs')
    const bytes = await readFile(join(dirname(entry), 'dcmjs-native-codecs.wasm'))
    return new CodecModule(await webAssembly.compile(bytes))
  }

  /** Throws FrameProblem when the library refuses the stream. */
  decode(codec: CodecName, encoded: Uint8Array, input: CodecInput): CodecOutput {
    this.#complete = true
    this.#maximumBytes =
      WORKING_BYTES + 4 * encoded.length + WORKING_BYTES_PER_SAMPLE * input.rows * input.columns * input.samplesPerPixel
    // What a larger image left behind is not this one's.
    if ((this.#exports?.memory.buffer.byteLength ?? 0) > this.#maximumBytes) this.#exports = undefined
    try {
      const bytes = this.#run(codec, encoded, input)
      return { bytes, complete: this.#complete }
    } catch {
      // Whatever it was, a trap or a refusal: the instance cannot be used again.
      this.#exports = undefined
      throw new FrameProblem('The compressed image data is damaged.')
    }
  }

  /** A JPEG file of 8-bit grey or RGB samples (ISO 10918-1 baseline). */
  encodeJpeg(
    samples: Uint8Array,
    { width, height, components, quality }: { width: number; height: number; components: 1 | 3; quality: number },
  ): Uint8Array {
    const wasm = this.#instance()
    try {
      const context = this.#contextOf(wasm, {
        columns: width,
        rows: height,
        samplesPerPixel: components,
        bitsAllocated: 8,
        bitsStored: 8,
        signed: false,
      })
      wasm.SetPhotometricInterpretation(context, components === 3 ? RGB_INDEX : MONOCHROME2_INDEX)
      wasm.SetDecodedBufferSize(context, samples.length)
      new Uint8Array(wasm.memory.buffer).set(samples, wasm.GetDecodedBuffer(context))
      const parameters = wasm.CreateEncoderParameters()
      wasm.SetLossy(parameters, 1)
      wasm.SetQuality(parameters, quality)
      wasm.SetSampleFactor(parameters, 0)
      wasm.EncodeJpeg(context, parameters)
      const start = wasm.GetEncodedBuffer(context)
      const bytes = new Uint8Array(wasm.memory.buffer).slice(start, start + wasm.GetEncodedBufferSize(context))
      wasm.ReleaseEncoderParameters(parameters)
      wasm.ReleaseCodecsContext(context)
      if (wasm.memory.buffer.byteLength > MAXIMUM_IDLE_BYTES) this.#exports = undefined
      return bytes
    } catch {
      this.#exports = undefined
      throw new FrameProblem('The picture could not be compressed.')
    }
  }

  #contextOf(wasm: CodecExports, input: CodecInput): number {
    const context = wasm.CreateCodecsContext()
    wasm.SetColumns(context, input.columns)
    wasm.SetRows(context, input.rows)
    wasm.SetBitsAllocated(context, input.bitsAllocated)
    wasm.SetBitsStored(context, input.bitsStored)
    wasm.SetSamplesPerPixel(context, input.samplesPerPixel)
    wasm.SetPixelRepresentation(context, input.signed ? 1 : 0)
    wasm.SetPlanarConfiguration(context, 0)
    return context
  }

  #run(codec: CodecName, encoded: Uint8Array, input: CodecInput): Uint8Array<ArrayBuffer> {
    const wasm = this.#instance()
    const context = this.#contextOf(wasm, input)
    wasm.SetEncodedBufferSize(context, encoded.length)
    new Uint8Array(wasm.memory.buffer).set(encoded, wasm.GetEncodedBuffer(context))
    const parameters = wasm.CreateDecoderParameters()
    wasm.SetConvertColorspaceToRgb(parameters, 0)
    wasm[codec](context, parameters)
    const start = wasm.GetDecodedBuffer(context)
    const bytes = new Uint8Array(wasm.memory.buffer).slice(start, start + wasm.GetDecodedBufferSize(context))
    wasm.ReleaseCodecsContext(context)
    if (wasm.memory.buffer.byteLength > MAXIMUM_IDLE_BYTES) this.#exports = undefined
    return bytes
  }

  #instance(): CodecExports {
    if (this.#exports !== undefined) return this.#exports
    const instance = new webAssembly.Instance(this.#module, this.#imports())
    const wasm = instance.exports as CodecExports
    this.#exports = wasm
    wasm._initialize()
    return wasm
  }

  #imports(): Imports {
    const memory = () => this.#exports?.memory.buffer ?? new ArrayBuffer(0)
    const text = (pointer: number, length: number) =>
      Buffer.from(memory(), pointer, Math.min(length, 1024)).toString('latin1')
    const note = (message: string) => {
      if (INCOMPLETE.test(message)) this.#complete = false
    }
    const success = () => 0
    return {
      env: {
        emscripten_notify_memory_growth: () => {
          if (memory().byteLength > this.#maximumBytes) throw new CodecFailure('the codec wants too much memory')
        },
        onCodecsTrace: () => undefined,
        onCodecsInfo: (pointer: number, length: number) => note(text(pointer, length)),
        onCodecsException: (pointer: number, length: number) => {
          throw new CodecFailure(text(pointer, length))
        },
      },
      wasi_snapshot_preview1: {
        environ_get: success,
        environ_sizes_get: (count: number, bytes: number) => {
          const view = new DataView(memory())
          view.setUint32(count, 0, true)
          view.setUint32(bytes, 0, true)
          return 0
        },
        clock_time_get: (_clock: number, _precision: bigint, result: number) => {
          new DataView(memory()).setBigUint64(result, 0n, true)
          return 0
        },
        proc_exit: () => {
          throw new CodecFailure('the codec gave up')
        },
        fd_write: (_file: number, vectors: number, count: number, written: number) => {
          const view = new DataView(memory())
          let total = 0
          for (let index = 0; index < count; index++) {
            const length = view.getUint32(vectors + 8 * index + 4, true)
            note(text(view.getUint32(vectors + 8 * index, true), length))
            total += length
          }
          view.setUint32(written, total, true)
          return 0
        },
        fd_seek: success,
        fd_close: success,
      },
    }
  }
}
