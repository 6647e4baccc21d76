import type { DataSet } from 'dicom-parser'
import { encodingOf } from '#electron/dicom/part10/encoding.ts'
import { headerText } from '#electron/dicom/part10/headerText.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import type { FrameImage, InstanceImage } from '#shared/imaging/instanceImage.ts'
import { decimals, firstDecimal, items, string, strings, unsigned16 } from './attributes.ts'
import { frameImages } from './describe/frames.ts'
import { lossy } from './describe/lossy.ts'
import { obstacle, obstacleSentence } from './describe/obstacle.ts'
import { rescaleType } from './describe/rescaleType.ts'
import { shutter } from './describe/shutter.ts'
import { knownSpacing } from './describe/spacing.ts'
import { subject } from './describe/subject.ts'
import { suv } from './describe/suv.ts'
import { technique } from './describe/technique.ts'
import { timing } from './describe/timing.ts'
import { ultrasoundRegions } from './describe/ultrasoundRegions.ts'
import { voiLut, windows } from './describe/voi.ts'
import { overlayPlanes } from './overlays.ts'
import {
  isMonochrome,
  lutEntryBits,
  modalityLutItem,
  type PixelFormat,
  pixelFormat,
  sampleType,
} from './pixelFormat.ts'

/** What the viewer must know of an instance. Cheap: it runs once for every instance that is received. */
export function describeImage(header: Part10Header): InstanceImage {
  const { dataSet } = header
  const { bigEndian } = encodingOf(header.transferSyntaxUID)
  const text = (scope: DataSet, tag: string) => headerText(dataSet, tag, scope)
  const format = pixelFormat(header)
  const lutItem = modalityLutItem(dataSet)
  const lutBits = lutItem && isMonochrome(format) ? lutEntryBits(lutItem) : undefined
  const type = sampleType(format, lutBits)
  const modality = string(dataSet, 'x00080060')
  const spacing = knownSpacing(dataSet, modality)
  const regions = ultrasoundRegions(dataSet)
  const frames = Number.isNaN(format.frames) ? 1 : format.frames
  const grey = isMonochrome(format)
  const [slope, intercept] = grey ? rescale(dataSet, lutBits !== undefined) : [1, 0]
  const float = type === 'float32' || type === 'float64'
  const found = grey ? windows(dataSet, text, float || !Number.isInteger(slope)) : []
  const common = {
    slope,
    intercept,
    windows: found.length > 0 ? found : defaultWindow(format),
    spacing: spacing.spacing,
  }
  const perFrame = frameImages(header, frames, common, text, float)
  const [first] = perFrame
  const measured = regions.some((region) => region.mmPerPixelX !== null && region.mmPerPixelY !== null)
  const source = measured ? 'ultrasound-region' : spacing.source
  const padding = lutBits === undefined && grey ? (paddingValue(dataSet, format, 'x00280120') ?? null) : null

  return {
    sopClassUID: string(dataSet, 'x00080016'),
    sopInstanceUID: string(dataSet, 'x00080018'),
    transferSyntaxUID: header.transferSyntaxUID,
    modality,
    instanceNumber: whole(dataSet, 'x00200013'),
    acquisitionNumber: whole(dataSet, 'x00200012'),
    rows: format.rows,
    columns: format.columns,
    frames,
    photometricInterpretation: format.photometricInterpretation,
    samples: { type: type ?? 'uint8', inverted: inverted(dataSet, format) },
    bitsStored: format.bitsStored,
    spacingSource: source === 'none' && first?.spacing ? 'pixel-spacing' : source,
    spacingNote: spacing.note,
    pixelAspect: pixelAspect(dataSet),
    frameOfReferenceUID: string(dataSet, 'x00200052'),
    patientOrientation: strings(dataSet, 'x00200020').slice(0, 2),
    ...subject(dataSet, text),
    laterality: string(dataSet, 'x00200062') || string(dataSet, 'x00200060') || frameLaterality(dataSet),
    viewPosition: string(dataSet, 'x00185101'),
    ...timing(dataSet, frames),
    ultrasoundRegions: regions,
    rescaleType: rescaleType(dataSet, lutItem, text),
    ...doseGridScaling(dataSet),
    pixelPaddingValue: padding,
    ...optional({
      pixelPaddingLimit: padding === null ? undefined : paddingValue(dataSet, format, 'x00280121'),
      voiFunction: grey && string(voiScope(dataSet), 'x00281056') === 'SIGMOID' ? 'SIGMOID' : undefined,
      shutter: shutter(dataSet),
      overlayPlanes: overlayPlanes(header, format).length || undefined,
      suv: suv(dataSet, isAnimal(dataSet)),
    }),
    voiLut: grey ? voiLut(voiScope(dataSet), format.signed || intercept < 0, bigEndian, text) : null,
    perFrame,
    acquisitionDateTime: acquisition(dataSet),
    ...technique(dataSet, text),
    ...lossy(dataSet, header.transferSyntaxUID),
    obstacle: obstacle(header, format, type, lutBits) ?? unsupportedShown(header, format),
  }
}

function rescale(dataSet: DataSet, hasModalityLut: boolean): [number, number] {
  if (hasModalityLut) return [1, 0]
  const slope = firstDecimal(dataSet, 'x00281053')
  // A slope of 0 would make every pixel alike; devices write it where they mean none.
  return [slope === undefined || slope === 0 ? 1 : slope, firstDecimal(dataSet, 'x00281052') ?? 0]
}

/** Two values have one window that shows them. */
function defaultWindow(format: PixelFormat): FrameImage['windows'] {
  return format.bitsAllocated === 1 ? [{ center: 1, width: 2, explanation: '' }] : []
}

/** Enhanced objects keep the VOI of all frames in the shared functional groups (PS3.3 C.7.6.16.2.10). */
function voiScope(dataSet: DataSet): DataSet {
  const groups = [...items(dataSet, 'x52009229'), ...items(dataSet, 'x52009230').slice(0, 1)]
  return groups.flatMap((group) => items(group, 'x00289132'))[0] ?? dataSet
}

/** PS3.3 C.7.6.3.1.2 and the Presentation LUT Shape of C.11.6, which overrides it. */
function inverted(dataSet: DataSet, format: PixelFormat): boolean {
  const shape = string(dataSet, 'x20500020')
  if (format.photometricInterpretation === 'MONOCHROME2') return shape === 'INVERSE'
  return format.photometricInterpretation === 'MONOCHROME1'
}

function unsupportedShown(header: Part10Header, format: PixelFormat): string | null {
  const { dataSet } = header
  if (!isMonochrome(format)) return null
  if (items(dataSet, 'x20500010').length > 0) {
    return obstacleSentence(
      'This image needs a presentation lookup table, which is not supported.',
      header,
      format.photometricInterpretation,
    )
  }
  return null
}

/** PS3.3 C.8.8.3.4.2. */
function doseGridScaling(dataSet: DataSet): { doseGridScaling?: number } {
  const scaling = firstDecimal(dataSet, 'x3004000e')
  return scaling !== undefined && scaling > 0 ? { doseGridScaling: scaling } : {}
}

const integer = (value: number | undefined) => (Number.isSafeInteger(value) ? (value as number) : null)
const whole = (dataSet: DataSet, tag: string) => integer(firstDecimal(dataSet, tag))

function pixelAspect(dataSet: DataSet): number {
  const [vertical, horizontal] = decimals(dataSet, 'x00280034')
  if (vertical === undefined || horizontal === undefined || vertical <= 0 || horizontal <= 0) return 1
  return vertical / horizontal
}

/** (0010,2201), (0010,2202), (0010,2292), (0010,2293): written for animals only. */
const isAnimal = (dataSet: DataSet) =>
  ['x00102201', 'x00102202', 'x00102292', 'x00102293'].some((tag) => (dataSet.elements[tag]?.length ?? 0) > 0)

type Defined<Part> = { [Key in keyof Part]?: Exclude<Part[Key], undefined> }

/** Without what is not there. */
function optional<Part extends object>(part: Part): Defined<Part> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Defined<Part>
}

function paddingValue(dataSet: DataSet, format: PixelFormat, tag: string): number | undefined {
  const value = unsigned16(dataSet, tag)
  if (value === undefined) return undefined
  return format.signed && value > 0x7fff ? value - 0x10000 : value
}

function frameLaterality(dataSet: DataSet): string {
  const [shared] = items(dataSet, 'x52009229')
  const anatomy = shared && items(shared, 'x00209071')[0]
  return anatomy ? string(anatomy, 'x00209072') : ''
}

function acquisition(dataSet: DataSet): string {
  const given = string(dataSet, 'x0008002a')
  if (given !== '') return given
  const date = string(dataSet, 'x00080022') || string(dataSet, 'x00080023')
  return date === ''
    ? ''
    : date + (string(dataSet, 'x00080022') ? string(dataSet, 'x00080032') : string(dataSet, 'x00080033'))
}
