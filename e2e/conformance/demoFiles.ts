import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoStudies } from '#electron/demo/demoStudies.ts'

export const DEMO_STUDIES = 3
/** Patients of the generator's three studies, as the page writes them. */
export const CT_PATIENT = 'Demo, Bella'
export const CT_IMAGES = 60
export const XRAY_PATIENT = 'Demo, Milo'

/** The generator's studies as files, for peers. */
export function writeDemoFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return [...demoStudies()].map(({ bytes }, index) => {
    const path = join(folder, `${index}.dcm`)
    writeFileSync(path, bytes)
    return path
  })
}
