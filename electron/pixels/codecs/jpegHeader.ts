import { FrameProblem } from '../frameProblem.ts'

/** What the markers of a JPEG or JPEG-LS stream say (ISO 10918-1 B.2, ISO 14495-1 C.2). */
export interface JpegHeader {
  rows: number
  columns: number
  precision: number
  components: number
  componentIds: number[]
  /** Any component has fewer samples than another. */
  subsampled: boolean
  jfif: boolean
  /** Transform flag of the Adobe marker. */
  adobeTransform: number | undefined
  /** JPEG-LS: 0 when the scans hold one component each. */
  interleave: number
  startOfFrame: number
}

const SOS = 0xda
const APP0 = 0xe0
const APP14 = 0xee
const SOF_JPEG_LS = 0xf7

const damaged = () => new FrameProblem('The compressed image data is damaged.')
const isFrame = (marker: number) =>
  marker === SOF_JPEG_LS || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
const ascii = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0))

export function jpegHeader(bytes: Uint8Array): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let frame: Omit<JpegHeader, 'jfif' | 'adobeTransform' | 'interleave'> | undefined
  let jfif = false
  let adobeTransform: number | undefined
  let position = 2
  for (;;) {
    if (position + 4 > bytes.length || bytes[position] !== 0xff) throw damaged()
    const marker = view.getUint8(position + 1)
    if (marker === 0xff) {
      position++
      continue
    }
    // Only markers with a length may stand here; 01 would make the library's own search loop for ever.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) throw damaged()
    const length = view.getUint16(position + 2)
    const data = position + 4
    if (length < 2 || data + length - 2 > bytes.length) throw damaged()
    if (marker === APP0 && ascii(bytes, data, 'JFIF')) jfif = true
    if (marker === APP14 && length >= 14 && ascii(bytes, data, 'Adobe')) adobeTransform = view.getUint8(data + 11)
    if (isFrame(marker)) {
      if (frame !== undefined) throw damaged()
      frame = frameHeader(view, data, length - 2, marker)
    }
    if (marker === SOS) {
      if (frame === undefined) throw damaged()
      const scanned = view.getUint8(data)
      const interleave = marker === SOS && frame.startOfFrame === SOF_JPEG_LS ? bytes[data + 2 + 2 * scanned] : 0
      return { ...frame, jfif, adobeTransform, interleave: interleave ?? 0 }
    }
    position += 2 + length
  }
}

function frameHeader(view: DataView, data: number, length: number, startOfFrame: number) {
  if (length < 6) throw damaged()
  const components = view.getUint8(data + 5)
  if (components === 0 || length < 6 + 3 * components) throw damaged()
  const componentIds: number[] = []
  const sampling = new Set<number>()
  for (let index = 0; index < components; index++) {
    componentIds.push(view.getUint8(data + 6 + 3 * index))
    sampling.add(view.getUint8(data + 7 + 3 * index))
  }
  return {
    startOfFrame,
    precision: view.getUint8(data),
    rows: view.getUint16(data + 1),
    columns: view.getUint16(data + 3),
    components,
    componentIds,
    subsampled: sampling.size > 1,
  }
}

const RGB_IDS = [0x52, 0x47, 0x42]

/**
 * Whether three components are YCbCr. The stream knows better than the header of the object: the Adobe marker first,
 * then component ids "RGB", then JFIF or subsampled chroma; only a bare stream leaves it to Photometric Interpretation.
 */
export function jpegIsYcc(header: JpegHeader, photometricInterpretation: string): boolean {
  if (header.components !== 3) return false
  if (header.adobeTransform !== undefined) return header.adobeTransform !== 0
  if (RGB_IDS.every((id, index) => header.componentIds[index] === id)) return false
  if (header.jfif || header.subsampled) return true
  return photometricInterpretation.startsWith('YBR')
}
