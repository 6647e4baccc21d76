import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { chooseProtocol, hang, isSpecies } from '#shared/imaging/hang.ts'
import type { HangingProtocol } from '#shared/imaging/hangingProtocol.ts'
import { followViewerPreferences, readViewerPreferences } from '../api/workstation.ts'
import { joinStudies } from './earlierStudies.ts'
import { fetchEarlier, fetchSeries } from './fetchStudies.ts'
import { hangingItems, type OpenableItem } from './hangingItems.ts'
import { fuse } from './mpr/fusion.ts'
import { beginSeries } from './openSeries.ts'
import { isSurely } from './patientsShown.ts'
import { tileAt, tiles, useSession } from './session.ts'

/** Earlier studies that are looked at for a protocol that asks for them. */
const MOST_PRIORS = 3
const LOOKED_AT = 8
const PREFERENCES_MS = 500

interface Plan {
  protocol: HangingProtocol
  items: readonly OpenableItem[]
  /** For each tile the place of its item. */
  places: readonly (number | undefined)[]
}

/** The list as it is kept; a workstation that does not answer in time hangs without one. */
async function protocols(): Promise<readonly HangingProtocol[]> {
  const known = readViewerPreferences()
  if (known) return known.hangingProtocols
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, PREFERENCES_MS)
    const stop = followViewerPreferences(done)
    function done() {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })
  return readViewerPreferences()?.hangingProtocols ?? []
}

/** By which protocol a study hangs; undefined where none fits. */
async function planOf(study: StudyRow, series: readonly SeriesRow[]): Promise<Plan | undefined> {
  const list = (await protocols()).filter(({ enabled }) => enabled)
  if (list.length === 0) return undefined
  const own = await hangingItems(study, series, 0)
  const subject = { species: study.species, description: study.description }
  const asksPriors = list.some(({ match }) => match.priors > 0 && isSpecies(study.species, match.species))
  const items = asksPriors ? [...own, ...(await priorItems(study, own))] : own
  const protocol = chooseProtocol(list, { ...subject, items })
  return protocol && { protocol, items, places: hang(protocol, items) }
}

/** Hangs a study by the first protocol that fits; false where none does. `stillWanted` ends it when something else is opened. */
export async function hangStudy(
  study: StudyRow,
  series: readonly SeriesRow[],
  stillWanted: () => boolean,
): Promise<boolean> {
  const plan = await planOf(study, series)
  if (!plan || !stillWanted()) return false
  await apply(plan, stillWanted)
  return true
}

/** What stands in the tiles when it is opened, the first to look at first. */
export async function toBeHung(study: StudyRow, series: readonly SeriesRow[]): Promise<OpenableItem[]> {
  const { items, places } = (await planOf(study, series)) ?? { items: [], places: [] }
  return places.flatMap((at) => (at === undefined ? [] : (items[at] ?? [])))
}

/** Of earlier studies with the same kind of images, and of the same part of the body where both say which. */
async function priorItems(study: StudyRow, own: readonly OpenableItem[]): Promise<OpenableItem[]> {
  const modalities = new Set(own.map(({ modality }) => modality))
  const parts = partsOf(own)
  const candidates = (await fetchEarlier(study.studyId))
    // What may be another patient's is put beside by a person only.
    .filter((each) => isSurely(study, each) && each.modalities.some((modality) => modalities.has(modality)))
    .slice(0, LOOKED_AT)
  const found = await Promise.all(
    candidates.map(async (each) => hangingItems(each, await fetchSeries(each.studyId), 1)),
  )
  return found
    .map((items) => items.filter(({ modality }) => modalities.has(modality)))
    .filter((items) => items.length > 0 && isSamePart(parts, partsOf(items)))
    .slice(0, MOST_PRIORS)
    .flatMap((items, at) => items.map((item) => ({ ...item, prior: at + 1 })))
}

const partsOf = (items: readonly OpenableItem[]) =>
  new Set(items.map(({ bodyPart }) => bodyPart.trim().toUpperCase()).filter(Boolean))

const isSamePart = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === 0 || b.size === 0 || [...a].some((part) => b.has(part))

async function apply({ protocol, items, places }: Plan, stillWanted: () => boolean): Promise<void> {
  const active = Math.max(
    0,
    places.findIndex((at) => at !== undefined),
  )
  const { layout, link, name: hungBy } = protocol
  useSession.setState({ maximised: undefined, layout, active, link, hungBy })
  const begun = await Promise.all(
    places.map(async (at, position) => {
      const [item, asked] = [at === undefined ? undefined : items[at], protocol.tiles[position]]
      if (!item || !asked || position >= tiles.length) return
      const series = await beginSeries(position, item.study, item.series, item.choose)
      if (!stillWanted()) return series
      const { rotation, flippedColumns, flippedRows, window, inverted } = asked
      const tile = tileAt(position)
      if (rotation !== 0 || flippedColumns || flippedRows)
        tile.setCamera({ ...tile.state.camera, rotation, flippedColumns, flippedRows })
      if (window) tile.setWindow(window)
      if (inverted) tile.invert()
      return series
    }),
  )
  if (!stillWanted()) return
  const shown = places.flatMap((at) => (at === undefined ? [] : (items[at]?.study.studyId ?? [])))
  if (useSession.getState().active !== active) useSession.setState({ active })
  await Promise.all(begun.map((series) => series?.whole))
  if (!stillWanted()) return
  await joinStudies([...new Set(shown)])
  // Where it cannot be, both stand side by side.
  if (protocol.fused && stillWanted()) await fuse(tileAt(active))
}
