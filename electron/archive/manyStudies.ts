import type { NewInstance } from './archiveApi.ts'
import type { Connection } from './database.ts'
import { parents } from './parents.ts'

const surnames = 'Müller Smith Nguyễn García Kowalski Yamamoto Öztürk Ivanov Rossi Dubois'.split(' ')
const animals = 'Bella Max Luna Charlie Lucy Rocky Molly Buddy Daisy Zoë Simba Nala'.split(' ')
const descriptions = 'Thorax;Abdomen;Hip dysplasia;Skull;Elbow left;Stifle right;Spine;Dental full mouth'.split(';')
const modalities = ['CT', 'CR', 'DX', 'MR', 'US', 'IO']
const species = ['Canine', 'Feline', 'Equine', '']

/** For tests and the bench: an index of many studies, spread as a clinic's over ten years. No files behind it. */
export function fillWithStudies(db: Connection, count: number): void {
  const addSeriesAndStudy = parents(db)
  const setCounts = db.prepare(
    'UPDATE studies SET listed = 1, series_count = ?, instance_count = ?, bytes = ?, modalities = ? WHERE study_id = ?',
  )
  const pick = <Value>(list: readonly Value[], at: number): Value => list[at % list.length] as Value
  db.transaction(() => {
    for (let at = 0; at < count; at += 1) {
      const day = new Date(Date.UTC(2015, 0, 1 + ((at * 7) % 3650)))
      const modality = pick(modalities, at * 5)
      const { studyId } = addSeriesAndStudy({
        attributes: {
          SOPInstanceUID: '1.2',
          StudyInstanceUID: `1.2.3.${at}`,
          SeriesInstanceUID: `1.2.3.${at}.1`,
          PatientName: `${pick(surnames, at * 3)}^${pick(animals, at * 11)}`,
          PatientID: `V-${(at * 7919) % count}`,
          PatientBirthDate: `201${at % 10}1003`,
          ResponsiblePerson: `${pick(surnames, at * 3)}^${pick(['Anna', 'Jan', 'Wei'], at)}`,
          PatientSpeciesDescription: pick(species, at),
          StudyDescription: `${pick(descriptions, at)} ${pick(['', 'control', 'pre-op'], at * 13)}`,
          AccessionNumber: `A${100_000 + ((at * 104_729) % count)}`,
          StudyDate: day.toISOString().slice(0, 10).replaceAll('-', ''),
          StudyTime: `${String(at % 24).padStart(2, '0')}3000`,
          Modality: modality,
        },
        source: { kind: 'receive', callingAETitle: `DEV${at % 9}`, address: '10.0.0.1', at: day.getTime() },
      } as unknown as NewInstance)
      setCounts.run(1 + (at % 4), 1 + ((at * 31) % 400), at * 1000, `\\${modality}\\`, studyId)
    }
  })()
}
