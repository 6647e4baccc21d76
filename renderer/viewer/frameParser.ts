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
 * Cuts the streamed response of `POST /data/frames` into frames, each in a buffer of its own, as the bytes come in.
 * Header, little endian: magic "NFRM", index in the request, status (0 samples, 1 sentence), byte length.
 */
export class FrameParser {
  readonly #header = new Uint8Array(HEADER_BYTES)
  #headerFilled = 0
  #payload: Uint8Array<ArrayBuffer> | undefined
  #payloadFilled = 0
  #index = 0
  #status = 0
  readonly #onFrame: (index: number, answer: FrameAnswer) => void

  constructor(onFrame: (index: number, answer: FrameAnswer) => void) {
    this.#onFrame = onFrame
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      if (!this.#payload) {
        const part = chunk.subarray(at, at + HEADER_BYTES - this.#headerFilled)
        this.#header.set(part, this.#headerFilled)
        this.#headerFilled += part.length
        at += part.length
        if (this.#headerFilled < HEADER_BYTES) return
        this.#begin()
      } else {
        const part = chunk.subarray(at, at + this.#payload.length - this.#payloadFilled)
        this.#payload.set(part, this.#payloadFilled)
        this.#payloadFilled += part.length
        at += part.length
      }
      if (this.#payload && this.#payloadFilled === this.#payload.length) this.#finish(this.#payload)
    }
  }

  /** The stream may end only between frames. */
  end(): void {
    if (this.#payload || this.#headerFilled > 0) throw new Error(STOPPED)
  }

  #begin(): void {
    const { index, status, byteLength } = readHeader(this.#header.buffer)
    this.#index = index
    this.#status = status
    this.#payload = new Uint8Array(byteLength)
    this.#payloadFilled = 0
    this.#headerFilled = 0
  }

  #finish(payload: Uint8Array<ArrayBuffer>): void {
    this.#payload = undefined
    this.#onFrame(this.#index, answerOf(this.#status, payload))
  }
}
