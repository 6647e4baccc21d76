/** What the data plane sends for one frame: its samples, or a sentence why there are none. */
export type FrameAnswer = { bytes: Uint8Array<ArrayBuffer> } | { failure: string }

const MAGIC = 0x4d52464e
const HEADER_BYTES = 16
/** No single frame is larger; a length beyond it means that the stream is not what we think. */
const MAX_FRAME_BYTES = 1 << 30

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
    if (this.#payload || this.#headerFilled > 0) throw new Error('The images stopped in the middle of one.')
  }

  #begin(): void {
    const view = new DataView(this.#header.buffer)
    const byteLength = view.getUint32(12, true)
    if (view.getUint32(0, true) !== MAGIC || byteLength > MAX_FRAME_BYTES) {
      throw new Error('The workstation answered with something that is not an image.')
    }
    this.#index = view.getUint32(4, true)
    this.#status = view.getUint32(8, true)
    this.#payload = new Uint8Array(byteLength)
    this.#payloadFilled = 0
    this.#headerFilled = 0
  }

  #finish(payload: Uint8Array<ArrayBuffer>): void {
    this.#payload = undefined
    if (this.#status === 0) this.#onFrame(this.#index, { bytes: payload })
    else this.#onFrame(this.#index, { failure: new TextDecoder().decode(payload) })
  }
}
