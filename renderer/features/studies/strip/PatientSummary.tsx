import type { StudyRow } from '#shared/contract/studies.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { useBrowser } from '../filter/browserState.ts'
import { shortDate } from '../table/dayTitle.ts'
import { nameText, ownerText, patientText } from '../table/studyColumns.tsx'
import { Completeness } from './Completeness.tsx'
import css from './SeriesStrip.module.css'

export function PatientSummary({ study }: { study: StudyRow }) {
  const owner = ownerText(study)
  return (
    <div className={css.patient} data-selectable>
      <p className={css.name}>
        <strong>{nameText(study)}</strong>{' '}
        {study.patientId && <span className="mono secondary">{study.patientId}</span>}
      </p>
      <p>{patientText(study)}</p>
      {owner && <p>{owner}</p>}
      {study.trashedAt === null && <Completeness studyId={study.studyId} />}
      {study.trashedAt === null && study.patientId !== '' && <OtherStudies study={study} />}
    </div>
  )
}

/** The same patient ID, letter by letter; a name joins nobody. */
function OtherStudies({ study }: { study: StudyRow }) {
  const change = useBrowser((state) => state.change)
  const clear = useBrowser((state) => state.clear)
  const { data } = useQueryOperation('studies', 'list', {
    patientId: study.patientId.slice(0, 256),
    sort: { column: 'studyDate', descending: true },
    limit: 50,
  })
  const others = data?.rows.filter((row) => row.patientId === study.patientId && row.studyId !== study.studyId) ?? []
  const [latest] = others
  if (!latest) return null
  return (
    <button
      type="button"
      className={css.others}
      onClick={() => {
        clear()
        change({ extra: { patientId: study.patientId } })
      }}
    >
      {formatCount(others.length, 'other study', 'other studies')}
      {latest.studyDate && `, latest ${shortDate(latest.studyDate, new Date())}`}
    </button>
  )
}
