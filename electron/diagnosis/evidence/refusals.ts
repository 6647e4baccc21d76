import type { AssociationRow } from '#shared/contract/associations.ts'
import type { Finding } from '#shared/contract/diagnosis.ts'
import type { DiagnosisServices } from '../openDiagnosis.ts'

const DAY_MS = 86_400_000
const LOOKED_AT = 500
const SHOWN = 5

/** Who was not let in during the last day: the device itself, or any when no AE title is given. */
export async function refusals(
  { associations }: Pick<DiagnosisServices, 'associations'>,
  aeTitle: string,
): Promise<Finding[]> {
  const rows = (await associations.list({ kind: 'refused', before: null, limit: LOOKED_AT })).filter(
    (row) => row.startedAt > Date.now() - DAY_MS && isAbout(row, aeTitle),
  )
  if (rows.length === 0)
    return [
      {
        title: 'Refused by us',
        result: 'pass',
        detail: aeTitle
          ? `${aeTitle} was not refused in the last 24 hours.`
          : 'Nobody was refused in the last 24 hours.',
        how: '',
        page: null,
      },
    ]
  return rows.slice(0, SHOWN).map((row) => ({
    title: `Refused by us: ${row.callingAETitle || row.address}${row.times > 1 ? `, ${row.times} times` : ''}`,
    result: 'fail',
    detail: row.sentence || `It called ${row.calledAETitle} from ${row.address}.`,
    how: 'Let it in under Devices, or correct its AE title at the device.',
    page: 'devices',
  }))
}

/**
 * AE titles differ by case for DICOM; a person who looks for one may be wrong in just that. Who reads over the web is no
 * device.
 */
export function isAbout(row: Pick<AssociationRow, 'callingAETitle' | 'over'>, aeTitle: string): boolean {
  if (row.over === 'web') return false
  return aeTitle === '' || row.callingAETitle.trim().toLowerCase() === aeTitle.trim().toLowerCase()
}
