import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { tiles, useSession } from '../../viewer/session.ts'
import { patientName } from './overlayText.ts'
import css from './PatientWarning.module.css'

/**
 * Stands as long as tiles show more than one patient, and cannot be closed. Same ID and same name count as one person;
 * anything else as two.
 */
export function PatientWarning() {
  const names = useShownPatients()
  if (names.length < 2) return null
  return (
    <div className={css.warning} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <b>{names.length === 2 ? 'Two' : names.length} different patients side by side:</b>
      <span>{names.join(names.length === 2 ? ' and ' : '; ')}</span>
    </div>
  )
}

function identity(study: StudyRow): string {
  return `${study.patientId.trim()}\n${study.patientName.trim()}`
}

function useShownPatients(): string[] {
  const visible = useSession(({ layout }) => layout.rows * layout.columns)
  const [names, setNames] = useState<string[]>([])
  useEffect(() => {
    const read = () => {
      const studies = tiles.slice(0, visible).flatMap((tile) => tile.state.source?.study ?? [])
      const patients = new Map(studies.map((study) => [identity(study), study]))
      const next = [...patients.values()].map((study) =>
        [patientName(study), study.patientId].filter(Boolean).join(', '),
      )
      setNames((known) => (known.join('\n') === next.join('\n') ? known : next))
    }
    read()
    const stops = tiles.map((tile) => tile.store.subscribe(read))
    return () => {
      for (const stop of stops) stop()
    }
  }, [visible])
  return names
}
