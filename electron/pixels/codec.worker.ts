import { parentPort } from 'node:worker_threads'
import { dataElements } from '#electron/dicom/part10/dataElements.ts'
import { Part10Error, readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { isByLibrary } from './canDecode.ts'
import type { CodecAnswer, CodecJob, CodecResult } from './codecJob.ts'
import { CodecModule } from './codecs/codecModule.ts'
import { decodeFrame } from './decode/decodeFrame.ts'
import { embeddedContent } from './embeddedContent.ts'
import { encodePicture } from './encodePicture.ts'
import { HEADER_BYTES } from './frameHeader.ts'
import { FrameProblem } from './frameProblem.ts'
import { overlayMask, overlayPlanes } from './overlays.ts'
import { drawPicture } from './picture.ts'
import { pixelFormat } from './pixelFormat.ts'
import { type OpenInstance, openInstance } from './source/openInstance.ts'
import { drawThumbnail, thumbnailFrame } from './thumbnail.ts'

/** A worker goes through a series image by image; clips come back to the same one. */
const KEPT_INSTANCES = 8

const instances = new Map<string, OpenInstance>()
let codecs: Promise<CodecModule> | undefined
const loadCodecs = () => (codecs ??= CodecModule.load())

function instanceAt(path: string): OpenInstance {
  const known = instances.get(path)
  const instance = known ?? openInstance(path)
  instances.delete(path)
  // Unpacked ones are large: the last one only, which may be a clip.
  for (const other of instances.values()) other.inflated = undefined
  instances.set(path, instance)
  if (instances.size > KEPT_INSTANCES) instances.delete(instances.keys().next().value ?? '')
  return instance
}

function overlayOf(path: string, frame: number): Uint8Array<ArrayBuffer> {
  const header = readHeaderFromFile(path)
  const format = pixelFormat(header)
  return overlayMask(overlayPlanes(header, format), format, frame)
}

async function answer(job: CodecJob): Promise<CodecResult> {
  const { id, path } = job
  let sentence = (reason: string) => reason
  try {
    if (job.kind === 'elements') return { elements: dataElements(readHeaderFromFile(path)) }
    if (job.kind === 'content') return { buffer: embeddedContent(path).buffer }
    if (job.kind === 'overlay') return { buffer: overlayOf(path, job.frame).buffer }
    const instance = instanceAt(path)
    const { image } = instance.source
    sentence = instance.source.sentence
    if (image.obstacle !== null) return { failure: image.obstacle }
    if (isByLibrary(instance.source.codec)) await loadCodecs()
    // From here on the work is limited by the size of the frame.
    say({ id, samples: image.rows * image.columns * instance.source.format.samplesPerPixel })
    if (job.kind === 'thumbnail') {
      const frame = thumbnailFrame(image)
      const png = drawThumbnail(image, frame, await decodeFrame(instance, frame, loadCodecs))
      return { buffer: new Uint8Array(png).buffer }
    }
    if (job.kind === 'picture' && job.picture) {
      const frame = job.frame < 0 ? thumbnailFrame(image) : job.frame
      const picture = drawPicture(image, frame, await decodeFrame(instance, frame, loadCodecs), job.picture)
      return { buffer: new Uint8Array(encodePicture(picture, job.picture, await loadCodecs())).buffer }
    }
    const samples = await decodeFrame(instance, job.frame, loadCodecs)
    const chunk = new Uint8Array(HEADER_BYTES + samples.length)
    chunk.set(samples, HEADER_BYTES)
    return { buffer: chunk.buffer }
  } catch (error) {
    if (error instanceof FrameProblem) return { failure: sentence(error.message) }
    if (error instanceof Part10Error) return { failure: error.message }
    if (error instanceof RangeError) return { failure: sentence('This image is too large for the memory at hand.') }
    return { failure: sentence('The file of this image cannot be read.') }
  }
}

const port = parentPort
if (port === null) throw new Error('codec.worker runs as a worker thread only')
const say = (told: CodecAnswer, transferred: ArrayBuffer[] = []) => port.postMessage(told, transferred)
port.on('message', (job: CodecJob) => {
  void answer(job).then((result) => say({ id: job.id, ...result }, 'buffer' in result ? [result.buffer] : []))
})
