import { endsBeforePixels } from '#electron/dicom/part10/endsBeforePixels.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { isVideo, TRANSFER_SYNTAXES, transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { canDecode } from '../canDecode.ts'
import { isColour, isMonochrome, isPalette, nativeBytes, type PixelFormat, type SampleType } from '../pixelFormat.ts'

/** A frame beyond this is not decoded: no modality makes one, a damaged header easily does. */
export const MAXIMUM_FRAME_BYTES = 1024 * 1024 * 1024

/** R168: why, and what it is, in words. */
export function obstacleSentence(reason: string, header: Part10Header, photometricInterpretation: string): string {
  const sopClass = header.dataSet.string('x00080016') ?? ''
  const what = [
    `SOP class: ${sopClass === '' ? 'not given' : sopClassName(printable(sopClass))}`,
    `transfer syntax: ${transferSyntaxName(printable(header.transferSyntaxUID))}`,
    `photometric interpretation: ${printable(photometricInterpretation) || 'none'}`,
  ]
  return `${reason} ${what.join('; ')}.`
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 80)

const withoutPixels: [RegExp, string][] = [
  [/Encapsulated/, 'This object holds a document, not an image.'],
  [/Waveform|ECG|Audio/, 'This object holds a waveform, not an image.'],
  [/Presentation State/, 'This object says how to show other images; it has no pixels of its own.'],
  [/Key Object/, 'This object names important images; it has no pixels of its own.'],
  [/SR|Structured|Report|Radiation Dose|Content Assessment/, 'This object holds a structured report, not an image.'],
  [
    /RT Plan|RT Ion Plan|RT Structure|Treatment|Brachy/,
    'This object holds a radiotherapy plan or contours, not an image.',
  ],
  [/Surface|Mesh|Tractography/, 'This object holds surfaces or tracks, not an image.'],
  [/Spectroscopy/, 'This object holds spectra, not an image.'],
  [/Raw Data/, 'This object holds raw data, not an image.'],
]

function absence(header: Part10Header): string {
  const name = sopClassName(header.dataSet.string('x00080016') ?? '')
  // PS3.3 F.3: the Directory Record Sequence of a DICOMDIR.
  if (header.dataSet.elements.x00041220) return 'This is the directory of a disc; its images are listed by themselves.'
  if (!header.complete) return 'The header of this object is too long to find an image behind it.'
  if (endsBeforePixels(header)) return 'The file of this image ends before its pixels.'
  return withoutPixels.find(([pattern]) => pattern.test(name))?.[1] ?? 'This object has no pixel data.'
}

function formatProblem(format: PixelFormat, type: SampleType | undefined, lutBits: number | undefined): string {
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel } = format
  if (format.rows === 0 || format.columns === 0) return 'This object does not say how large its image is.'
  if (Number.isNaN(format.frames)) return 'The number of frames of this image cannot be read.'
  if (format.photometricInterpretation === '') return 'This image does not say how its pixel values are to be shown.'
  if (type === undefined && !isMonochrome(format)) return 'The colour model of this image is not supported.'
  if (type === undefined) return `Images with ${bitsAllocated} bits allocated are not supported.`
  if (lutBits !== undefined && lutBits !== 8 && (lutBits < 8 || lutBits > 16)) {
    return `The modality lookup table of this image has ${lutBits} bits, which is not supported.`
  }
  if (type === 'float32' || type === 'float64')
    return samplesPerPixel === 1 ? '' : 'Floating point colour is not supported.'
  if (isColour(format) && samplesPerPixel !== 3)
    return `Colour images need 3 samples a pixel; this one has ${samplesPerPixel}.`
  if (!isColour(format) && samplesPerPixel !== 1)
    return `Grey images need 1 sample a pixel; this one has ${samplesPerPixel}.`
  if (isColour(format) && ![8, 16, 32].includes(bitsAllocated))
    return `Colour with ${bitsAllocated} bits is not supported.`
  if (isPalette(format) && bitsAllocated !== 8 && bitsAllocated !== 16)
    return `A palette with ${bitsAllocated} bits is not supported.`
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1) {
    return `The bits of this image contradict each other: ${bitsAllocated} allocated, ${bitsStored} stored, high bit ${highBit}.`
  }
  return ''
}

function encodingProblem(header: Part10Header, format: PixelFormat): string {
  const { pixelData, transferSyntaxUID } = header
  const syntax = TRANSFER_SYNTAXES.get(transferSyntaxUID)
  if (isVideo(transferSyntaxUID)) return 'This object is a video; this viewer does not play videos.'
  if (syntax?.encapsulated === true && pixelData?.encapsulated !== true) {
    return 'The pixel data of this image is not packed the way its transfer syntax says.'
  }
  if (!canDecode(transferSyntaxUID, format)) return 'The compression of this image is not supported.'
  if (pixelData?.encapsulated === true) {
    return syntax?.encapsulated === true
      ? ''
      : 'The pixel data of this image is not packed the way its transfer syntax says.'
  }
  if (pixelData?.length !== undefined && pixelData.length < nativeBytes(format)) {
    return 'This image has fewer pixels than its rows, columns and frames need.'
  }
  return ''
}

/** The whole sentence, or null when the image can be shown. */
export function obstacle(
  header: Part10Header,
  format: PixelFormat,
  type: SampleType | undefined,
  lutBits: number | undefined,
): string | null {
  const reason =
    header.pixelData === undefined
      ? absence(header)
      : formatProblem(format, type, lutBits) || encodingProblem(header, format) || sizeProblem(format)
  return reason === '' ? null : obstacleSentence(reason, header, format.photometricInterpretation)
}

function sizeProblem(format: PixelFormat): string {
  const frameBytes = format.rows * format.columns * Math.max(8, format.bitsAllocated) * format.samplesPerPixel * 0.125
  return frameBytes > MAXIMUM_FRAME_BYTES ? 'A frame of this image is larger than 1 GB.' : ''
}
