import { useEffect, useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { tiles, useSession } from '../../viewer/session.ts'

/** The studies that the visible tiles show now, each once. */
export function useShownStudies(): StudyRow[] {
  const visible = useSession(({ layout }) => layout.rows * layout.columns)
  const [studies, setStudies] = useState<StudyRow[]>([])
  useEffect(() => {
    const read = () => {
      const shown = tiles.slice(0, visible).flatMap((tile) => tile.state.source?.study ?? [])
      const next = [...new Map(shown.map((study) => [study.studyId, study])).values()]
      setStudies((known) => (known.length === next.length && known.every((row, i) => row === next[i]) ? known : next))
    }
    read()
    const stops = tiles.map((tile) => tile.store.subscribe(read))
    return () => {
      for (const stop of stops) stop()
    }
  }, [visible])
  return studies
}
