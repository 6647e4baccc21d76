import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'

/** Three stacks for the viewer and a remainder: 1000 CT images of 512 x 512 x 16 bit. */
const SLICES = [300, 300, 300, 100]
export const CT_IMAGES = 1000
export const STACK_SLICES = 300

export interface CtFiles {
  /** Holds all of them. */
  folder: string
  /** Dealt out to so many associations. */
  shares(associations: number): string[][]
  /** Names of the patients with a stack of 300. */
  patients: string[]
}

/** Writes them once; they stay in the page cache for whoever sends them. */
export function writeCtFiles(folder: string): CtFiles {
  mkdirSync(folder, { recursive: true })
  const written: string[] = []
  SLICES.forEach((slices, study) => {
    const common = {
      SpecificCharacterSet: 'ISO_IR 192',
      StudyDate: '20260105',
      StudyTime: `${10 + study}0000`,
      AccessionNumber: `BENCH-${study}`,
      StudyID: String(study),
      StudyDescription: 'Thorax',
      PatientName: patientName(study),
      PatientID: `BENCH-${study}`,
      PatientBirthDate: '20180401',
      PatientSex: 'F',
    }
    const seed = `bench/${study}`
    for (const dataSet of ctPhantom({ common, studyInstanceUID: derivedUID(`${seed}/study`), seed, slices })) {
      const file = join(folder, `${String(written.length).padStart(4, '0')}.dcm`)
      writeFileSync(file, writePart10({ dataSet }))
      written.push(file)
    }
  })
  const patients = SLICES.flatMap((slices, study) => (slices === STACK_SLICES ? [patientName(study)] : []))
  return { folder, shares: (associations) => deal(written, associations), patients }
}

const patientName = (study: number) => `Bench^${['Anna', 'Berta', 'Clara', 'Dora'][study]}`

/** One after the other, as at a card table: everybody gets some of each study. */
export function deal(files: readonly string[], hands: number): string[][] {
  return Array.from({ length: hands }, (_, hand) => files.filter((_, index) => index % hands === hand))
}
