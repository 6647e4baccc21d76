import { ULTRASOUND_MULTI_FRAME_IMAGE } from '#shared/dicom/sopClass.ts'
import type { DataSet } from './dataSet.ts'
import { derivedUID } from './derivedUID.ts'
import { seeded } from './random.ts'

/** What the clip shows for certain, in pixels of the image. */
export const ULTRASOUND_CLIP = {
  rows: 400,
  columns: 512,
  frames: 30,
  frameTimeMs: 40,
  /** (0018,602C), in cm. */
  cmPerPixel: 0.025,
  region: { x0: 0, y0: 24, x1: 511, y1: 399 },
  /** A cyst that beats: its radius in the first frame, and the least and the largest one. */
  cyst: { x: 296, y: 218, radius: 34, smallest: 30, largest: 38 },
  /** Marks of the depth scale at the right edge: first row, then one a centimetre. */
  scale: { column: 500, firstRow: 24, pixelsPerCm: 40 },
} as const

export interface UltrasoundInput {
  common: DataSet
  studyInstanceUID: string
  seed: string
}

/** A colour clip with a calibrated region, as a curved probe draws it. */
export function ultrasoundClip({ common, studyInstanceUID, seed }: UltrasoundInput): DataSet {
  const { rows, columns, frames, frameTimeMs, cmPerPixel, region } = ULTRASOUND_CLIP
  return {
    ...common,
    SOPClassUID: ULTRASOUND_MULTI_FRAME_IMAGE,
    SOPInstanceUID: derivedUID(`${seed}/instance`),
    StudyInstanceUID: studyInstanceUID,
    SeriesInstanceUID: derivedUID(`${seed}/series`),
    Modality: 'US',
    ImageType: ['ORIGINAL', 'PRIMARY', '', '0001'],
    SeriesNumber: 1,
    SeriesDescription: 'Abdomen, clip',
    BodyPartExamined: 'ABDOMEN',
    InstanceNumber: 1,
    FrameTime: frameTimeMs,
    FrameIncrementPointer: '00181063',
    CineRate: Math.round(1000 / frameTimeMs),
    RecommendedDisplayFrameRate: Math.round(1000 / frameTimeMs),
    SequenceOfUltrasoundRegions: [
      {
        RegionSpatialFormat: 1,
        RegionDataType: 1,
        RegionFlags: 0,
        RegionLocationMinX0: region.x0,
        RegionLocationMinY0: region.y0,
        RegionLocationMaxX1: region.x1,
        RegionLocationMaxY1: region.y1,
        PhysicalUnitsXDirection: 3,
        PhysicalUnitsYDirection: 3,
        PhysicalDeltaX: cmPerPixel,
        PhysicalDeltaY: cmPerPixel,
      },
    ],
    LossyImageCompression: '00',
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    NumberOfFrames: frames,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: drawFrames(),
  }
}

const APEX = { x: 256, y: -70 }
const NEAR = 96
const FAR = 462
const HALF_ANGLE = 0.58
const BEAMS = 512
const DEPTHS = 1024

function drawFrames(): Uint8Array {
  const { rows, columns, frames } = ULTRASOUND_CLIP
  const speckle = makeSpeckle()
  const sector = makeSector()
  const clip = new Uint8Array(rows * columns * 3 * frames)
  for (let frame = 0; frame < frames; frame++) {
    const phase = (frame / frames) * 2 * Math.PI
    const image = clip.subarray(frame * rows * columns * 3, (frame + 1) * rows * columns * 3)
    drawSector(image, sector, speckle, phase)
    drawScale(image)
  }
  return clip
}

interface Sector {
  pixels: Uint32Array
  depth: Float32Array
  speckleIndex: Uint32Array
  /** Dark at the sides and in the depth, as sound is lost. */
  gain: Float32Array
}

/** Which pixels the probe reaches, and where each lies for it: worked out once for all frames. */
function makeSector(): Sector {
  const { rows, columns } = ULTRASOUND_CLIP
  const pixels: number[] = []
  const depth: number[] = []
  const speckleIndex: number[] = []
  const gain: number[] = []
  for (let y = 24; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const radius = Math.hypot(x - APEX.x, y - APEX.y)
      const angle = Math.atan2(x - APEX.x, y - APEX.y)
      if (radius < NEAR || radius > FAR || Math.abs(angle) > HALF_ANGLE) continue
      const beam = Math.floor(((angle + HALF_ANGLE) / (2 * HALF_ANGLE)) * (BEAMS - 1))
      const along = (radius - NEAR) / (FAR - NEAR)
      pixels.push(y * columns + x)
      depth.push(along)
      speckleIndex.push(beam * DEPTHS + Math.floor(along * (DEPTHS - 120)))
      gain.push((1 - 0.45 * along) * (1 - 0.5 * (angle / HALF_ANGLE) ** 6))
    }
  return {
    pixels: Uint32Array.from(pixels),
    depth: Float32Array.from(depth),
    speckleIndex: Uint32Array.from(speckleIndex),
    gain: Float32Array.from(gain),
  }
}

/** Rayleigh-distributed grain, wider across the beams than along them. */
function makeSpeckle(): Float32Array {
  const random = seeded(11)
  const grain = Float32Array.from({ length: BEAMS * DEPTHS }, () => Math.sqrt(-Math.log(1 - random())))
  const wide = new Float32Array(grain.length)
  for (let index = 0; index < grain.length; index++) {
    let sum = 0
    for (let beam = -2; beam <= 2; beam++)
      for (let along = 0; along < 3; along++)
        sum += grain[(index + beam * DEPTHS + along + grain.length) % grain.length] ?? 0
    wide[index] = Math.max(0, (sum / 15 - 0.886) * 2.6 + 0.8)
  }
  return wide
}

function drawSector(image: Uint8Array, sector: Sector, speckle: Float32Array, phase: number): void {
  const { columns, cyst } = ULTRASOUND_CLIP
  const radius = cyst.radius + ((cyst.largest - cyst.smallest) / 2) * Math.sin(phase)
  const breath = 6 * Math.sin(phase)
  const shift = Math.round(10 + 8 * Math.sin(phase))
  for (let at = 0; at < sector.pixels.length; at++) {
    const pixel = sector.pixels[at] ?? 0
    const x = pixel % columns
    const y = Math.floor(pixel / columns)
    const along = sector.depth[at] ?? 0
    const echo = echoAt(x, y, along, breath, radius)
    const bright = echo * (speckle[(sector.speckleIndex[at] ?? 0) + shift] ?? 0) * (sector.gain[at] ?? 0)
    const value = Math.min(245, 205 * bright ** 0.75)
    image[pixel * 3] = value
    image[pixel * 3 + 1] = value
    image[pixel * 3 + 2] = Math.min(255, value * 1.05)
  }
}

/** How much of the sound comes back. */
function echoAt(x: number, y: number, along: number, breath: number, radius: number): number {
  const { cyst } = ULTRASOUND_CLIP
  const toCyst = Math.hypot(x - cyst.x, y - cyst.y)
  if (toCyst < radius) return 0.015
  if (toCyst < radius + 3) return 0.95
  if (along < 0.05) return 0.9 - 6 * along
  const skin = Math.abs(along - 0.12 - 0.004 * breath)
  if (skin < 0.012) return 0.95
  const kidney = ((x - 160) / 78) ** 2 + ((y - 205 - breath) / 44) ** 2
  if (kidney < 1) {
    const sinus = ((x - 160) / 34) ** 2 + ((y - 205 - breath) / 15) ** 2
    return sinus < 1 ? 0.85 : kidney > 0.93 ? 0.8 : 0.24
  }
  const diaphragm = Math.abs(Math.hypot(x - 250, y + 420 - breath) - 762)
  if (diaphragm < 3) return 1.25
  // Behind fluid less sound is lost than behind tissue.
  const behind = y > cyst.y && Math.abs(x - cyst.x - (y - cyst.y) * 0.14) < radius * 0.8
  const liver = along > 0.14 ? 0.46 : 0.34
  return behind ? liver * 1.55 : liver
}

function drawScale(image: Uint8Array): void {
  const { rows, columns, scale } = ULTRASOUND_CLIP
  for (let row = scale.firstRow, cm = 0; row < rows; row += scale.pixelsPerCm, cm++) {
    const length = cm % 5 === 0 ? 10 : 5
    image.fill(200, (row * columns + scale.column - length) * 3, (row * columns + scale.column) * 3)
  }
  // The bar of grey steps that every machine shows.
  for (let row = 40; row < 140; row++)
    image.fill(250 - Math.floor((row - 40) * 2.5), (row * columns + 8) * 3, (row * columns + 18) * 3)
}
