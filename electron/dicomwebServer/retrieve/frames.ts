import { swapWords } from '#electron/pixels/decode/native.ts'
import { type OpenInstance, openInstance, readFrameBytes } from '#electron/pixels/source/openInstance.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { acceptedTypes } from '../http/accept.ts'
import type { Answer, Asked } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { notAcceptable, WebRefusal } from '../http/webRefusal.ts'
import { resourceUrl } from '../resourceUrl.ts'
import type { Converter } from './converter.ts'
import { multipartAnswer, type Part } from './multipartWriter.ts'
import { frameFormOf, mediaTypeOf, OCTETS } from './pixelTypes.ts'
import { type RetrieveArchive, theInstance } from './selectInstances.ts'

const KEPT_INSTANCES = 16

/** WADO-RS, frames (PS3.18 10.4.1.1.6): as stored where that is taken, else as native samples. */
export class Frames {
  private readonly archive: RetrieveArchive
  private readonly converter: Converter
  /** A clip is asked for frame by frame. */
  private readonly known = new Map<string, OpenInstance>()

  constructor(archive: RetrieveArchive, converter: Converter) {
    this.archive = archive
    this.converter = converter
  }

  /** `numbers` from 1 on; [] for all that there are. */
  async retrieve(asked: Asked, target: Target, numbers: readonly number[]): Promise<Answer> {
    const ranges = acceptedTypes(asked.accept)
    const stored = await theInstance(this.archive, target, asked.signal)
    const { transferSyntaxUID, path } = stored
    const instance = this.open(path)
    const { frames, rows, columns } = instance.source.format
    if (rows === 0 || columns === 0) throw new WebRefusal(404, 'This instance has no pixel data.')
    const wanted = numbers.length > 0 ? numbers : Array.from({ length: frames }, (_, at) => at + 1)
    if (!wanted.every((number) => number <= frames))
      throw new WebRefusal(404, `This instance has ${frames} ${frames === 1 ? 'frame' : 'frames'}.`)
    const form = frameFormOf(ranges, transferSyntaxUID, wanted.length === 1)
    const type = form?.how === 'stored' ? mediaTypeOf(transferSyntaxUID) : OCTETS
    if (!form)
      throw notAcceptable(
        `Frames of this instance are given as ${[...new Set([mediaTypeOf(transferSyntaxUID), OCTETS])].join(' or ')}.`,
      )
    const own = resourceUrl(asked.base, [stored.studyInstanceUID, stored.seriesInstanceUID, stored.sopInstanceUID])
    const syntax = form.how === 'stored' ? transferSyntaxUID : EXPLICIT_VR_LITTLE_ENDIAN
    const contentType = `${type}; transfer-syntax=${syntax}`
    // The first one before anything is answered: what cannot be decoded is said.
    const first = await this.bytesOf(instance, form.how, wanted[0] ?? 1)
    if (form.single) return { status: 200, headers: { 'content-type': contentType }, body: first }
    const partOf = (number: number, body: Uint8Array): Part => {
      return { contentType, location: `${own}/frames/${number}`, body }
    }
    const parts = async function* (this: Frames): AsyncGenerator<Part> {
      yield partOf(wanted[0] ?? 1, first)
      for (const number of wanted.slice(1)) yield partOf(number, await this.bytesOf(instance, form.how, number))
    }
    return multipartAnswer(type, parts.call(this))
  }

  private open(path: string): OpenInstance {
    const instance = this.known.get(path) ?? openInstance(path)
    this.known.delete(path)
    this.known.set(path, instance)
    const [oldest] = this.known.keys()
    if (this.known.size > KEPT_INSTANCES && oldest !== undefined) this.known.delete(oldest)
    return instance
  }

  private async bytesOf(instance: OpenInstance, how: 'stored' | 'native', number: number): Promise<Uint8Array> {
    try {
      if (how === 'stored') return (await readFrameBytes(instance, number - 1)).bytes
      if (instance.source.encapsulated) return await this.converter.frame(instance.source.path, number - 1)
      return await nativeBytes(instance, number - 1)
    } catch (error) {
      throw notAcceptable(error instanceof Error ? error.message : 'This frame cannot be given.')
    }
  }
}

/** Little endian, beginning at a byte of its own also where frames of one bit do not (PS3.5 8.1.1). */
async function nativeBytes(instance: OpenInstance, frame: number): Promise<Uint8Array> {
  const { format, swapBytes, subsampled } = instance.source
  const { bytes, firstBit } = await readFrameBytes(instance, frame)
  swapWords(bytes, swapBytes)
  const samples = format.rows * format.columns * (subsampled ? 2 : format.samplesPerPixel)
  const length = Math.ceil((samples * format.bitsAllocated) / 8)
  const start = Math.floor(firstBit / 8)
  const shift = firstBit % 8
  if (shift === 0) return bytes.subarray(start, start + length)
  const aligned = new Uint8Array(length)
  for (let at = 0; at < length; at += 1)
    aligned[at] = ((bytes[start + at] ?? 0) >> shift) | ((bytes[start + at + 1] ?? 0) << (8 - shift))
  return aligned
}
