/** What the data plane sends for one frame: its samples, or a sentence why there are none. */
export type FrameAnswer =
  | {
      bytes: Uint8Array<ArrayBuffer>
      /** A first version of a picture that is being made here; the whole follows. */
      coarse?: boolean
      /** Values of what is drawn over it, pixel by pixel. */
      over?: Float32Array<ArrayBuffer>
    }
  | { failure: string }

const MAGIC = 0x4d52464e
const HEADER_BYTES = 16
/** No single frame is larger; a length beyond it means that the stream is not what we think. */
const MAX_FRAME_BYTES = 1 << 30

const STOPPED = 'The images stopped in the middle of one.'
const NOT_AN_IMAGE = 'The workstation answered with something that is not an image.'

interface FrameHeader {
  index: number
  status: number
  byteLength: number
}

function readHeader(buffer: ArrayBuffer): FrameHeader {
  const view = new DataView(buffer, 0, HEADER_BYTES)
  const byteLength = view.getUint32(12, true)
  if (view.getUint32(0, true) !== MAGIC || byteLength > MAX_FRAME_BYTES) throw new Error(NOT_AN_IMAGE)
  return { index: view.getUint32(4, true), status: view.getUint32(8, true), byteLength }
}

function answerOf(status: number, payload: Uint8Array<ArrayBuffer>): FrameAnswer {
  return status === 0 ? { bytes: payload } : { failure: new TextDecoder().decode(payload) }
}

/** A response that carries one frame. Its samples stay where they are: behind the header, at an offset for any type. */
export function onlyFrame(response: ArrayBuffer): FrameAnswer {
  if (response.byteLength < HEADER_BYTES) throw new Error(STOPPED)
  const { status, byteLength } = readHeader(response)
  if (response.byteLength < HEADER_BYTES + byteLength) throw new Error(STOPPED)
  if (response.byteLength > HEADER_BYTES + byteLength) throw new Error(NOT_AN_IMAGE)
  return answerOf(status, new Uint8Array(response, HEADER_BYTES))
}

/**
 * Cuts the streamed response of `POST /data/frames` into frames, each in a buffer of its own. It says where the next bytes
 * belong, so that they are read to their place: cut out of larger pieces, a study would be copied once more, and the pieces
 * would wait for the garbage collector.
 * Header, little endian: magic "NFRM", index in the request, status (0 samples, 1 sentence), byte length.
 */
export class FrameParser {
  /** What is being filled: a header, or the payload that it announced. */
  #room: Uint8Array<ArrayBuffer> = new Uint8Array(HEADER_BYTES)
  #filled = 0
  #header: FrameHeader | undefined
  readonly #onFrame: (index: number, answer: FrameAnswer) => void

  constructor(onFrame: (index: number, answer: FrameAnswer) => void) {
    this.#onFrame = onFrame
  }

  /** Where the next bytes belong; never empty. */
  get room(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(this.#filled)
  }

  /** The part of the room that has its bytes now. Reading moves the memory to another buffer: that of `bytes`. */
  take(bytes: Uint8Array<ArrayBuffer>): void {
    this.#room = new Uint8Array(bytes.buffer)
    this.#filled += bytes.length
    if (this.#filled < this.#room.length) return
    if (this.#header) this.#finish(this.#header, this.#room)
    else this.#begin(readHeader(bytes.buffer))
  }

  /** The stream may end only between frames. */
  end(): void {
    if (this.#header || this.#filled > 0) throw new Error(STOPPED)
  }

  #begin(header: FrameHeader): void {
    this.#header = header
    this.#room = new Uint8Array(header.byteLength)
    this.#filled = 0
    if (header.byteLength === 0) this.#finish(header, this.#room)
  }

  #finish({ index, status }: FrameHeader, payload: Uint8Array<ArrayBuffer>): void {
    this.#header = undefined
    this.#room = new Uint8Array(HEADER_BYTES)
    this.#filled = 0
    this.#onFrame(index, answerOf(status, payload))
  }
}
