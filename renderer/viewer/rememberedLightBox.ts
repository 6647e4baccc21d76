import { z } from 'zod'
import type { StudyRow } from '#shared/contract/studies.ts'
import { rememberedUnder } from '../api/practice.ts'
import { keepWindowEntry, ownNumber } from '../app/ownWindow.ts'
import { LIGHT_BOX_KEY } from '../app/rememberedPlace.ts'
import { wholeImage } from './camera.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { useMpr } from './mpr/mprState.ts'
import { openSeries } from './openSeries.ts'
import { type Layout, onOpening, tileAt, tiles, useSession } from './session.ts'
import { shownTitle } from './shownTitle.ts'

/** Of studies that were closed: opened again, they hang as they were left. */
const LEFT_KEY = rememberedUnder('negatoscope.leftStudies')
const MOST_LEFT = 50
const SETTLE_MS = 300

const remembered = z.object({
  /** `instances` of each when it was left. */
  studies: z
    .array(z.object({ studyId: z.number().int(), studyInstanceUID: z.string(), instances: z.number().default(0) }))
    .max(64),
  layout: z.object({ rows: z.number().int().min(1).max(4), columns: z.number().int().min(1).max(4) }),
  active: z.number().int().min(0),
  hungBy: z.string().max(80).default(''),
  link: z.enum(['position', 'offset', 'off']).default('position'),
  viewsLinked: z.boolean().default(false),
  tiles: z.array(
    z
      .object({
        studyId: z.number().int(),
        seriesId: z.number().int(),
        setKey: z.string(),
        instanceId: z.number().int(),
        frame: z.number().int(),
        camera: z.object({
          zoom: z.number().positive(),
          center: z.tuple([z.number(), z.number()]),
          rotation: z.literal([0, 90, 180, 270]),
          flippedColumns: z.boolean(),
          flippedRows: z.boolean(),
        }),
        window: z.object({ center: z.number(), width: z.number() }).nullable(),
        inverted: z.boolean(),
      })
      .nullable(),
  ),
})
type Remembered = z.infer<typeof remembered>

let pending: ReturnType<typeof setTimeout> | undefined

/** From now on a reload of this window finds the light box as it was left. Returns what was left before. */
export function rememberLightBox(): Remembered | undefined {
  const before = read()
  const later = () => {
    clearTimeout(pending)
    pending = setTimeout(write, SETTLE_MS)
  }
  useSession.subscribe(later)
  for (const tile of tiles) tile.store.subscribe(later)
  window.addEventListener('pagehide', write)
  onOpening(write)
  return before
}

function read(): Remembered | undefined {
  try {
    return remembered.parse(JSON.parse(sessionStorage.getItem(LIGHT_BOX_KEY) ?? 'null'))
  } catch {
    return undefined
  }
}

function write(): void {
  clearTimeout(pending)
  pending = undefined
  const state = lightBoxNow()
  if (!state) return
  try {
    sessionStorage.setItem(LIGHT_BOX_KEY, JSON.stringify(state))
    leave(state)
    keepOwnWindow(state)
  } catch {
    // Without room the next load opens the studies in the usual way.
  }
}

/** A further window is opened again with what it showed last. */
function keepOwnWindow(state: Remembered): void {
  const number = ownNumber()
  const studyIds = state.studies.map(({ studyId }) => studyId)
  if (number === 1 || studyIds.length === 0) return
  keepWindowEntry(number, { title: shownTitle(), studyIds, lightBox: JSON.stringify(state), open: true })
}

/** The light box as it stands; undefined where nothing is on it, or planes that no archive has. */
export function lightBoxNow(): Remembered | undefined {
  const { studyIds, layout, active, hungBy, link, viewsLinked } = useSession.getState()
  const known = new Map(
    tiles.flatMap(({ state: { source } }) => (source ? [[source.study.studyId, source.study]] : [])),
  )
  const studies = studyIds.flatMap((studyId) => {
    const study = known.get(studyId) ?? seen.get(studyId)
    return study ? [{ studyId, studyInstanceUID: study.studyInstanceUID, instances: study.instances }] : []
  })
  for (const study of known.values()) seen.set(study.studyId, study)
  for (const studyId of seen.keys()) if (!studyIds.includes(studyId)) seen.delete(studyId)
  // Planes of a volume are made anew; what was there before them is what is found again.
  if (useMpr.getState().state !== 'off' || tiles.some(({ current }) => current?.image.reformat)) return undefined
  // Nothing is on it yet: what was left before still counts.
  if (known.size === 0) return undefined
  const shown = tiles.slice(0, layout.rows * layout.columns).map((tile) => {
    const { source, camera, window, windowChosen, inverted } = tile.state
    const { current } = tile
    if (!source || !current) return null
    const { instanceId, frame } = current
    return {
      ...{ studyId: source.study.studyId, seriesId: source.series.seriesId, setKey: source.set.key },
      ...{
        instanceId,
        frame,
        inverted,
        camera: { ...camera, center: [...camera.center] as [number, number] },
        window: windowChosen ? window : null,
      },
    }
  })
  return { studies, layout, active, tiles: shown, hungBy, link, viewsLinked }
}

/** The newest first. */
function leftStudies(): Remembered[] {
  try {
    return z
      .array(remembered)
      .max(MOST_LEFT)
      .parse(JSON.parse(localStorage.getItem(LEFT_KEY) ?? '[]'))
  } catch {
    return []
  }
}

const idOf = ({ studies }: Remembered) => studies[0]?.studyInstanceUID

function leave(state: Remembered): void {
  const others = leftStudies().filter((each) => idOf(each) !== idOf(state))
  localStorage.setItem(LEFT_KEY, JSON.stringify([state, ...others].slice(0, MOST_LEFT)))
}

/** How this study hung when it was closed. Ids are checked against UIDs when it is put back. */
export function leftOf(studyId: number): Remembered | undefined {
  // Whoever comes back at once finds the last change too.
  if (pending !== undefined) write()
  return leftStudies().find(({ studies }) => studies[0]?.studyId === studyId)
}

/** Studies that tiles have shown: one may be open without being in a tile. */
const seen = new Map<number, StudyRow>()

/**
 * Puts the light box back as it was. Ids begin anew in every data folder: unless each study has the UID that it had,
 * nothing is shown, and the answer is false. With `onlyUnchanged` also where images came or went: what is new is hung too.
 */
export async function restoreLightBox(left: Remembered, onlyUnchanged = false): Promise<boolean> {
  const studyIds = left.studies.map(({ studyId }) => studyId)
  if (studyIds.length === 0) return false
  // Asked for at once: what is needed next is on its way while the first answer comes.
  for (const each of left.tiles) if (each) void fetchSeries(each.studyId).catch(() => {})
  const rows = await fetchStudies(studyIds)
  const same = left.studies.every(({ studyId, studyInstanceUID, instances }) =>
    rows.some(
      (row) =>
        row.studyId === studyId &&
        row.studyInstanceUID === studyInstanceUID &&
        (!onlyUnchanged || row.instances === instances),
    ),
  )
  if (!same) return false
  const { layout, hungBy, link, viewsLinked } = left
  useSession.setState({ layout: layout as Layout, hungBy, link, viewsLinked, studyIds })
  await Promise.all(
    left.tiles.map(async (each, position) => {
      const study = rows.find((row) => row.studyId === each?.studyId)
      if (!each || !study) return
      const series = (await fetchSeries(study.studyId)).find((row) => row.seriesId === each.seriesId)
      if (!series) return
      const { setKey, instanceId, frame, camera, window, inverted } = each
      await openSeries(position, study, series, { setKey, instanceId, frame })
      const tile = tileAt(position)
      // The whole picture is what it opens with.
      if (JSON.stringify(camera) !== JSON.stringify(wholeImage)) tile.setCamera(camera)
      if (window) tile.setWindow(window)
      if (inverted) tile.invert()
    }),
  )
  useSession.setState({ active: Math.min(left.active, left.layout.rows * left.layout.columns - 1) })
  // Every series that it showed may be gone.
  return tiles.some(({ state }) => state.source !== undefined)
}
