import { parentPort } from 'node:worker_threads'
import { dataElements } from '#electron/dicom/part10/dataElements.ts'
import { Part10Error, readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import type { CodecAnswer, CodecJob } from './codecJob.ts'
import { CodecModule } from './codecs/codecModule.ts'
import { decodeFrame } from './decode/decodeFrame.ts'
import { embeddedContent } from './embeddedContent.ts'
import { HEADER_BYTES } from './frameHeader.ts'
import { FrameProblem } from './frameProblem.ts'
import { overlayMask, overlayPlanes } from './overlays.ts'
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
  instances.set(path, instance)
  if (instances.size > KEPT_INSTANCES) instances.delete(instances.keys().next().value ?? '')
  return instance
}

function overlayOf(path: string, frame: number): Uint8Array<ArrayBuffer> {
  const header = readHeaderFromFile(path)
  const format = pixelFormat(header)
  return overlayMask(overlayPlanes(header, format), format, frame)
}

async function answer(job: CodecJob): Promise<CodecAnswer> {
  const { id, path } = job
  let sentence = (reason: string) => reason
  try {
    if (job.kind === 'elements') return { id, elements: dataElements(readHeaderFromFile(path)) }
    if (job.kind === 'content') return { id, buffer: embeddedContent(path).buffer }
    if (job.kind === 'overlay') return { id, buffer: overlayOf(path, job.frame).buffer }
    const instance = instanceAt(path)
    const { image } = instance.source
    sentence = instance.source.sentence
    if (image.obstacle !== null) return { id, failure: image.obstacle }
    if (job.kind === 'thumbnail') {
      const frame = thumbnailFrame(image)
      const png = drawThumbnail(image, frame, await decodeFrame(instance, frame, loadCodecs))
      return { id, buffer: new Uint8Array(png).buffer }
    }
    const samples = await decodeFrame(instance, job.frame, loadCodecs)
    const chunk = new Uint8Array(HEADER_BYTES + samples.length)
    chunk.set(samples, HEADER_BYTES)
    return { id, buffer: chunk.buffer }
  } catch (error) {
    if (error instanceof FrameProblem) return { id, failure: sentence(error.message) }
    if (error instanceof Part10Error) return { id, failure: error.message }
    if (error instanceof RangeError) return { id, failure: sentence('This image is too large for the memory at hand.') }
    return { id, failure: sentence('The file of this image cannot be read.') }
  }
}

const port = parentPort
if (port === null) throw new Error('codec.worker runs as a worker thread only')
port.on('message', (job: CodecJob) => {
  void answer(job).then((result) => {
    if ('buffer' in result) port.postMessage(result, [result.buffer])
    else port.postMessage(result)
  })
})
