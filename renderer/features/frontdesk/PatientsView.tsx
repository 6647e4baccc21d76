import { ChevronLeft, ChevronRight, Search, TriangleAlert, Users } from 'lucide-react'
import { useState } from 'react'
import type { PatientRow } from '#shared/contract/worklist.ts'
import { dateOf, formatDate } from '#shared/dicom/dateTime.ts'
import { patientLine } from '#shared/dicom/patientLine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { client } from '../../api/client.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { formatNumber } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { useSettled } from '../../app/useSettled.ts'
import { Bars } from '../../ui/Bars.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './PatientsView.module.css'

const PAGE = 50
const SETTLE_MS = 200

/** R062, R169: whom the archive knows, and what their images do not say. */
export function PatientsView() {
  const [text, setText] = useState('')
  const [page, setPage] = useState(0)
  const settled = useSettled(text.trim(), SETTLE_MS)
  const input = { text: settled, offset: page * PAGE, limit: PAGE }
  const { data, error } = useQueryOperation('worklist', 'patients', input, { keepPrevious: true })
  const last = Math.max(0, Math.ceil((data?.total ?? 0) / PAGE) - 1)
  return (
    <div className={css.page}>
      <div className={css.filters}>
        <TextField
          autoFocus
          label="Find patients"
          hideLabel
          icon={Search}
          className={css.find}
          placeholder="Animal or person, owner, patient ID, microchip"
          value={text}
          onChange={(value) => {
            setText(value)
            setPage(0)
          }}
          // The second Esc leaves the field, so that P goes back to the board.
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            if (text === '') event.currentTarget.blur()
            setText('')
            setPage(0)
          }}
        />
        <span className={css.grow} />
        {data && data.total > 0 && (
          <>
            <span className={css.count}>
              {formatNumber(page * PAGE + 1)} to {formatNumber(Math.min(data.total, (page + 1) * PAGE))} of{' '}
              {formatNumber(data.total)}
            </span>
            <IconButton
              label="Previous page"
              icon={ChevronLeft}
              disabled={page === 0}
              onClick={() => setPage(page - 1)}
            />
            <IconButton
              label="Next page"
              icon={ChevronRight}
              disabled={page >= last}
              onClick={() => setPage(page + 1)}
            />
          </>
        )}
      </div>
      {error ? (
        <ErrorState title="The patients cannot be listed now">{error.message}</ErrorState>
      ) : !data ? (
        <Bars />
      ) : data.rows.length === 0 ? (
        <EmptyState icon={Users} title={settled === '' ? 'No patient yet' : `No patient matches “${settled}”`}>
          {settled === ''
            ? 'Patients stand here as soon as their first images have come.'
            : 'Fewer letters find more: any part of a name, an owner, an ID or a microchip.'}
        </EmptyState>
      ) : (
        <Table rows={data.rows} />
      )}
    </div>
  )
}

function Table({ rows }: { rows: readonly PatientRow[] }) {
  const openStudies = useNavigation((state) => state.openStudies)
  const open = async (patientRef: number) => {
    try {
      const { studyIds } = await client.worklist.patientStudies({ patientRef })
      openStudies(studyIds.slice(0, 64))
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <div className={css.scroller}>
      <table className={css.table}>
        <thead>
          <tr>
            {[
              'Patient',
              'Patient ID',
              'Other IDs',
              'Animal or person',
              'Owner',
              'Studies',
              'Last study',
              'Not in the images',
            ].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.patientRef}>
              <td>
                <button type="button" className={css.open} onClick={() => void open(row.patientRef)}>
                  {formatPersonName(row.patientName) || 'No name'}
                </button>
              </td>
              <td className={css.exact}>{row.patientId || '–'}</td>
              <td className={css.exact}>{row.otherIds.join(', ') || '–'}</td>
              <td>{line(row) || '–'}</td>
              <td>
                {formatPersonName(row.owner) ||
                  (row.ownerByName === '' ? '–' : `${formatPersonName(row.ownerByName)}, by the name`)}
              </td>
              <td className={css.number}>{formatNumber(row.studies)}</td>
              <td className={css.number}>{row.lastStudyDate === '' ? '–' : formatDate(row.lastStudyDate)}</td>
              <td>
                {row.missing.length > 0 && (
                  <span className={css.missing}>
                    <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
                    {row.missing.join(', ')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function line({ species, breed, sex, neutered, birthDate, age }: PatientRow): string {
  const born = { birthDate, age, isAboutAge: true, studyDate: dateOf(new Date()) }
  return patientLine({ species, breed, sex, sexNeutered: neutered, ...born })
}
