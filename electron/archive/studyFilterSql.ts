import type { StudyColumn, StudyFilter } from '#shared/contract/studies.ts'
import { fold } from '#shared/dicom/fold.ts'

/** The sort keys of the study list and the index that holds each. */
export const studyOrders: Record<StudyColumn, { index: string; columns: string[] }> = {
  patientName: { index: 'studies_by_patient_name', columns: ['name_key'] },
  patientId: { index: 'studies_by_patient_id', columns: ['patient_id_key'] },
  owner: { index: 'studies_by_owner', columns: ['owner_key'] },
  species: { index: 'studies_by_species', columns: ['species_key'] },
  studyDate: { index: 'studies_by_date', columns: ['listed_date', 'listed_time'] },
  modalities: { index: 'studies_by_modalities', columns: ['modalities'] },
  description: { index: 'studies_by_description', columns: ['description_key'] },
  accessionNumber: { index: 'studies_by_accession', columns: ['accession_key'] },
  series: { index: 'studies_by_series', columns: ['series_count'] },
  instances: { index: 'studies_by_instances', columns: ['instance_count'] },
  source: { index: 'studies_by_source', columns: ['source_key'] },
  receivedAt: { index: 'studies_by_arrival', columns: ['received_at'] },
}

export interface Condition {
  sql: string
  parameters: (string | number)[]
}

/** The filter as SQL over columns that `studies_for_search` covers; empty when everything matches. */
export function studyCondition(filter: StudyFilter): Condition {
  const parts: Condition[] = [
    ...words(filter.text, ['name_key', 'patient_id_key', 'accession_key', 'owner_key', 'description_key']),
    ...words(filter.patientName, ['name_key']),
    ...words(filter.patientId, ['patient_id_key']),
    ...words(filter.accessionNumber, ['accession_key']),
    ...words(filter.description, ['description_key']),
    ...words(filter.owner, ['owner_key']),
    ...words(filter.species, ['species_key']),
  ]
  if (filter.modalities && filter.modalities.length > 0)
    parts.push({
      sql: `(${filter.modalities.map(() => 'instr(modalities, ?) > 0').join(' OR ')})`,
      parameters: filter.modalities.map((modality) => `\\${modality}\\`),
    })
  if (filter.birthDate) parts.push({ sql: "patient_birth_date LIKE ? || '%'", parameters: [filter.birthDate] })
  if (filter.dateFrom) parts.push({ sql: 'listed_date >= ?', parameters: [filter.dateFrom] })
  if (filter.dateTo) parts.push({ sql: 'listed_date <= ?', parameters: [filter.dateTo] })
  return {
    sql: parts.map((part) => ` AND ${part.sql}`).join(''),
    parameters: parts.flatMap((part) => part.parameters),
  }
}

/**
 * Every word must occur, in any of the columns: `john doe` finds DOE^JOHN. `*` and `?` are wild (PS3.4 C.2.2.2.4), and a
 * word that has them stands for a whole one: `b*a` is Bella, not Barbara's.
 */
function words(text: string | undefined, columns: string[]): Condition[] {
  return fold(text ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const wild = /[*?]/.test(word)
      const parameter = wild ? `* ${word.replaceAll('[', '[[]')} *` : word
      const test = (column: string) => (wild ? `(' ' || ${column} || ' ') GLOB ?` : `instr(${column}, ?) > 0`)
      return { sql: `(${columns.map(test).join(' OR ')})`, parameters: columns.map(() => parameter) }
    })
}
