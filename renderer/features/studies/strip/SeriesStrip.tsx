import { Ellipsis, Send, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import type { MenuItem } from '../../../ui/menuItem.ts'
import { PatientSummary } from './PatientSummary.tsx'
import { SeriesCard } from './SeriesCard.tsx'
import css from './SeriesStrip.module.css'

export interface SeriesStripProps {
  studies: readonly StudyRow[]
  inTrash: boolean
  onOpen: (seriesId?: number) => void
  /** Whole studies, or these series of the one study. */
  onSend: (seriesIds: number[]) => void
  onRestore: () => void
  menu: readonly MenuItem[]
}

/** What is selected and what can be done with it. */
export function SeriesStrip({ studies, inTrash, onOpen, onSend, onRestore, menu }: SeriesStripProps) {
  const [only] = studies
  const [chosen, setChosen] = useState<{ studyId: number; seriesIds: readonly number[] }>({ studyId: 0, seriesIds: [] })
  if (!only) return null
  const single = studies.length === 1
  const seriesIds = single && chosen.studyId === only.studyId ? chosen.seriesIds : []
  const toggle = (seriesId: number) =>
    setChosen({
      studyId: only.studyId,
      seriesIds: seriesIds.includes(seriesId) ? seriesIds.filter((id) => id !== seriesId) : [...seriesIds, seriesId],
    })
  return (
    <section className={css.strip} aria-label="Selected study" data-region="strip">
      <div className={css.subject}>
        {single ? <PatientSummary study={only} /> : <ManyStudies studies={studies} />}
        <div className={css.actions}>
          {inTrash ? (
            <Button icon={Undo2} onClick={onRestore}>
              Restore
            </Button>
          ) : (
            <>
              <Button variant="primary" keyHint="Enter" onClick={() => onOpen(seriesIds[0])}>
                Open
              </Button>
              <Button icon={Send} onClick={() => onSend([...seriesIds])}>
                {seriesIds.length > 0 ? `Send ${formatCount(seriesIds.length, 'series', 'series')}` : 'Send'}
              </Button>
              <Menu items={menu} trigger={<IconButton label="More actions" icon={Ellipsis} outlined />} />
            </>
          )}
        </div>
      </div>
      {single && !inTrash && (
        <SeriesList studyId={only.studyId} selected={seriesIds} onToggle={toggle} onOpen={onOpen} />
      )}
    </section>
  )
}

interface SeriesListProps {
  studyId: number
  selected: readonly number[]
  onToggle: (seriesId: number) => void
  onOpen: (seriesId: number) => void
}

function SeriesList({ studyId, selected, onToggle, onOpen }: SeriesListProps) {
  const { data, error } = useQueryOperation('studies', 'series', { studyId })
  if (error) return <p className={css.note}>{error.message}</p>
  return (
    <ul className={css.list} aria-label="Series">
      {data?.map((series) => (
        <li key={series.seriesId}>
          <SeriesCard
            series={series}
            selected={selected.includes(series.seriesId)}
            onToggle={() => onToggle(series.seriesId)}
            onOpen={() => onOpen(series.seriesId)}
          />
        </li>
      ))}
    </ul>
  )
}

function ManyStudies({ studies }: { studies: readonly StudyRow[] }) {
  const images = studies.reduce((sum, study) => sum + study.instances, 0)
  const patients = new Set(studies.map((study) => `${study.patientId}\n${study.patientName}`)).size
  return (
    <div className={css.patient}>
      <p className={css.name}>
        <strong>{formatCount(studies.length, 'study', 'studies')}</strong>
      </p>
      <p>{`${formatCount(patients, 'patient')}, ${formatCount(images, 'image')}`}</p>
    </div>
  )
}
