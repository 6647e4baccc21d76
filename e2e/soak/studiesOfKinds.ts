import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { ultrasoundClip } from '#electron/demo/ultrasoundClip.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { xrayPhantom } from '#electron/demo/xrayPhantom.ts'
import { petCt } from '../browser/volumeFiles.ts'

/**
 * What a day brings: each kind within the first ten, a large CT each twentieth. Each tenth is a clip: memory is looked at
 * after one and the same kind.
 */
const DAY = [
  ...['large CT', 'X-ray', 'clip', 'MR', 'PET/CT', 'CT', 'X-ray', 'MR', 'CT', 'clip'],
  ...['CT', 'X-ray', 'MR', 'CT', 'PET/CT', 'X-ray', 'CT', 'MR', 'CT', 'clip'],
] as const
export type Kind = (typeof DAY)[number]

export const kindOf = (number: number): Kind => DAY[number % DAY.length] ?? 'CT'
export const nameOf = (number: number) => `Soak^${String(number).padStart(5, '0')}`

const LARGE = 300
const SMALL = 40
const MR_SIDE = 256
const MR_SLICES = 20

/** Pictures are drawn once; each study of the kind has them under UIDs of its own. */
const drawn = new Map<Kind, readonly DataSet[]>()

/** Writes the files of a study into a folder of its own. */
export function writeStudy(folder: string, number: number): void {
  mkdirSync(folder, { recursive: true })
  let at = 0
  for (const bytes of filesOf(number)) {
    at += 1
    writeFileSync(join(folder, `${at}.dcm`), bytes)
  }
}

function* filesOf(number: number): Iterable<Uint8Array> {
  const kind = kindOf(number)
  const name = nameOf(number)
  if (kind === 'PET/CT') {
    yield* petCt(name)
    return
  }
  const pictures = drawn.get(kind) ?? draw(kind)
  drawn.set(kind, pictures)
  const own = (uid: unknown) => derivedUID(`soak/${number}/${String(uid)}`)
  for (const dataSet of pictures) {
    const { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID, FrameOfReferenceUID } = dataSet
    yield writePart10({
      dataSet: {
        ...dataSet,
        PatientName: name,
        PatientID: name,
        StudyInstanceUID: own(StudyInstanceUID),
        SeriesInstanceUID: own(SeriesInstanceUID),
        SOPInstanceUID: own(SOPInstanceUID),
        ...(FrameOfReferenceUID && { FrameOfReferenceUID: own(FrameOfReferenceUID) }),
      },
    })
  }
}

function draw(kind: Kind): readonly DataSet[] {
  const common = { StudyDate: '20260105', StudyTime: '101500', StudyDescription: kind }
  const input = { common, studyInstanceUID: derivedUID(`soak/${kind}`), seed: `soak/${kind}` }
  switch (kind) {
    case 'large CT':
      return [...ctPhantom({ ...input, slices: LARGE })]
    case 'X-ray':
      return ['VD', 'LL'].map((view) => xrayPhantom({ ...input, seed: `soak/${kind}/${view}` }))
    case 'clip':
      return [ultrasoundClip(input)]
    case 'MR':
      return [...mr(input)]
    default:
      return [...ctPhantom({ ...input, slices: SMALL })]
  }
}

const DIRECTIONS = {
  axial: { ImageOrientationPatient: [1, 0, 0, 0, 1, 0], at: (mm: number) => [-64, -64, mm] },
  sagittal: { ImageOrientationPatient: [0, 1, 0, 0, 0, -1], at: (mm: number) => [mm, -64, 64] },
  coronal: { ImageOrientationPatient: [1, 0, 0, 0, 0, -1], at: (mm: number) => [-64, mm, 64] },
}

/** Three series that cross each other: reference lines are drawn, and stacks scroll together. */
function* mr({ common, studyInstanceUID, seed }: { common: DataSet; studyInstanceUID: string; seed: string }) {
  for (const [name, { ImageOrientationPatient, at }] of Object.entries(DIRECTIONS)) {
    for (let slice = 0; slice < MR_SLICES; slice += 1) {
      const dataSet: DataSet = {
        ...common,
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
        SOPInstanceUID: derivedUID(`${seed}/${name}/${slice}`),
        StudyInstanceUID: studyInstanceUID,
        SeriesInstanceUID: derivedUID(`${seed}/${name}`),
        FrameOfReferenceUID: derivedUID(`${seed}/frame`),
        Modality: 'MR',
        SeriesNumber: Object.keys(DIRECTIONS).indexOf(name) + 1,
        SeriesDescription: name,
        InstanceNumber: slice + 1,
        ImagePositionPatient: at((slice - MR_SLICES / 2) * 4),
        ImageOrientationPatient,
        PixelSpacing: [0.5, 0.5],
        SliceThickness: 4,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: MR_SIDE,
        Columns: MR_SIDE,
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        PixelData: rings(slice),
      }
      yield dataSet
    }
  }
}

function rings(slice: number): Uint16Array {
  return Uint16Array.from({ length: MR_SIDE * MR_SIDE }, (_, pixel) => {
    const [x, y] = [(pixel % MR_SIDE) - MR_SIDE / 2, Math.floor(pixel / MR_SIDE) - MR_SIDE / 2]
    return (Math.hypot(x, y) * 24 + slice * 64 + ((pixel * 37) % 61)) % 4096
  })
}
