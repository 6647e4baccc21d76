import { type Orthanc, startOrthanc } from './orthanc.ts'

/**
 * An Orthanc that holds what it can of these files. Some kill it (1.10.1 dies of a palette image without spacing): it is
 * started again and the file left out. Files without PatientID it refuses.
 */
export async function fillOrthanc(
  folder: string,
  files: string[],
): Promise<{ orthanc: Orthanc; ids: string[]; leftOut: string[] }> {
  let orthanc = await startOrthanc(folder)
  const ids: string[] = []
  const leftOut: string[] = []
  for (const file of files) {
    const id = await orthanc.upload(file)
    if (id === undefined) leftOut.push(file)
    else ids.push(id)
    if (id === undefined && (await orthanc.isGone())) orthanc = await startOrthanc(folder)
  }
  return { orthanc, ids, leftOut }
}
