import type { StudyArrivals } from '#shared/contract/studies.ts'
import { gapIn } from '#shared/imaging/gaps.ts'
import { type Connection, prepare } from './database.ts'
import type { GroupCommit } from './groupCommit.ts'
import type { KeptState, StudyStateReaderApi, StudyStateWriterApi } from './studyStateApi.ts'

/** What comes after so long a pause, once somebody has looked, came late. */
const PAUSE_MS = 60_000
/** Of more images nobody counts the numbers for a list. */
const LOOKED_AT_MAX = 20_000
const ARRIVALS_MAX = 20_000
const GAPS_MAX = 3
/** Of the documents that are written here (electron/reports): no server need have them. */
const OWN_SERIES = [9901, 9902]
const REMEMBERED = 5000

interface Head {
  uid: string
  made: number
  received: number
  openedAt: number | null
  changed: string
}
interface Place {
  seriesId: number
  modality: string
  description: string
  seriesNumber: number | null
  number: number | null
  position: number | null
  receivedAt: number
}

export function studyStateReader(db: Connection): StudyStateReaderApi {
  const head = prepare<Head>(
    db,
    `SELECT study_instance_uid AS uid,
       (SELECT coalesce(sum(s.instance_count), 0) FROM series s WHERE s.study_id = studies.study_id
         AND modality IN ('SR', 'KO') AND series_number IN (${OWN_SERIES.join(', ')})) AS made,
       instance_count AS received, opened_at AS openedAt,
       instance_count || ' ' || bytes || ' ' || coalesce(opened_at, '') AS changed
     FROM studies WHERE study_id = ? AND listed = 1`,
  )
  // several steps make one study; of several servers the one that has most
  const expected = prepare<{ instances: number; speaker: string }>(
    db,
    `SELECT instances, speaker FROM (
       SELECT instances, speaker FROM expected_instances WHERE study_instance_uid = @uid AND kind = 'server'
       UNION ALL SELECT sum(instances), max(speaker) FROM expected_instances
         WHERE study_instance_uid = @uid AND kind = 'step' HAVING count(*) > 0)
     ORDER BY instances DESC LIMIT 1`,
  )
  const places = prepare<Place>(
    db,
    `SELECT s.series_id AS seriesId, s.modality, s.description, s.series_number AS seriesNumber,
       i.instance_number AS number, i.position, i.received_at AS receivedAt
     FROM instances i JOIN series s USING (series_id) WHERE i.study_id = ? AND i.trashed_at IS NULL`,
  )
  const arrivals = prepare<StudyArrivals['images'][number]>(
    db,
    `SELECT i.instance_id AS instanceId, s.modality, s.description AS seriesDescription,
       s.series_number AS seriesNumber, i.instance_number AS number, c.kind, c.calling_ae_title AS callingAETitle,
       c.address, i.received_at AS receivedAt
     FROM instances i JOIN series s USING (series_id) JOIN sources c USING (source_id)
     WHERE i.study_id = ? AND i.trashed_at IS NULL ORDER BY i.received_at, i.instance_id LIMIT ${ARRIVALS_MAX + 1}`,
  )
  const known = new Map<number, { changed: string; gaps: string[]; late: number }>()

  /** Read once for each change of the study. */
  function looked(studyId: number, { changed, received, openedAt }: Head): { gaps: string[]; late: number } {
    const before = known.get(studyId)
    if (before?.changed === changed) return before
    const images = received > LOOKED_AT_MAX ? [] : places.all(studyId)
    const found = { changed, gaps: gapsOf(images), late: lateOf(images, openedAt) }
    known.delete(studyId)
    known.set(studyId, found)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    return found
  }

  function stateOf(studyId: number): KeptState[] {
    const study = head.get(studyId)
    if (!study) return []
    const { gaps, late } = looked(studyId, study)
    const said = expected.get({ uid: study.uid })
    return [
      {
        ...{ studyId, received: study.received, made: study.made, gaps, late },
        expected: said?.instances ?? null,
        saidBy: said?.speaker ?? '',
      },
    ]
  }

  return {
    studyStates: async (studyIds) => studyIds.flatMap(stateOf),
    async studyArrivals(studyId) {
      const images = arrivals.all(studyId)
      return { images: images.slice(0, ARRIVALS_MAX), hasMore: images.length > ARRIVALS_MAX }
    },
  }
}

function gapsOf(images: readonly Place[]): string[] {
  const series = [...Map.groupBy(images, ({ seriesId }) => seriesId).values()]
  return series
    .flatMap((places) => {
      const gap = gapIn(places)
      const [first] = places
      if (gap === undefined || !first) return []
      const { modality, description, seriesNumber } = first
      const name = [modality, description || (seriesNumber === null ? '' : `series ${seriesNumber}`)]
      return [`${name.filter(Boolean).join(' ')}: ${gap}`]
    })
    .slice(0, GAPS_MAX)
}

/** How many came after the study was opened, once nothing had come for a while: while images stream in, none is late. */
function lateOf(images: readonly Place[], openedAt: number | null): number {
  if (openedAt === null) return 0
  const times = images.map(({ receivedAt }) => receivedAt).sort((a, b) => a - b)
  let since = Number.POSITIVE_INFINITY
  for (const [at, time] of times.entries()) {
    const before = times[at - 1]
    if (before !== undefined && time > openedAt && time - before >= PAUSE_MS) since = Math.min(since, time)
  }
  return times.filter((time) => time >= since).length
}

export function studyStateWriter(
  db: Connection,
  commits: GroupCommit,
  studiesChanged: (studyIds: number[]) => void,
): StudyStateWriterApi {
  const expect = prepare(
    db,
    `INSERT INTO expected_instances (study_instance_uid, kind, said_by, speaker, instances, said_at)
     VALUES (?, 'server', ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET instances = excluded.instances, said_at = excluded.said_at
       WHERE instances <> excluded.instances`,
  )
  const ofUID = prepare<{ studyId: number }>(
    db,
    'SELECT study_id AS studyId FROM studies WHERE study_instance_uid = ? AND listed = 1',
  )
  return {
    async expectInstances(expectations) {
      const changed = await commits.write(() =>
        expectations.flatMap(({ studyInstanceUID, saidBy, instances }) => {
          const { changes } = expect.run(studyInstanceUID, saidBy, saidBy, instances, Date.now())
          return changes === 0 ? [] : ofUID.all(studyInstanceUID).map(({ studyId }) => studyId)
        }),
      )
      if (changed.length > 0) studiesChanged(changed)
    },
  }
}
