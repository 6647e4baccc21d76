import { formatPersonName } from '#shared/dicom/personName.ts'
import { loadMeasurements, onKept } from '../keepMeasurements.ts'
import { followPlace, isFollowing } from '../linkedScroll.ts'
import { patientFacts } from '../patientsShown.ts'
import { placed } from '../planes.ts'
import { tiles, useSession } from '../session.ts'
import { shownStudies, shownTitle } from '../shownTitle.ts'
import { meetWindows, tellWindows, useWindows } from './windows.ts'

/** From now on this window tells the others what it shows and where, and goes along with them. */
export function followWindows(): void {
  const sayHere = meetWindows(
    () => ({
      title: shownTitle(),
      patients: shownStudies()
        .slice(0, 16)
        .map((study) => ({
          facts: patientFacts(study),
          name: (formatPersonName(study.patientName) || 'No name').slice(0, 200),
        })),
    }),
    (message) => {
      if (message.kind === 'measured') {
        const { studyIds } = useSession.getState()
        if (studyIds.some((studyId) => message.studyIds.includes(studyId))) void loadMeasurements(studyIds)
      } else if (message.leads && message.slice && useWindows.getState().linked) followPlace(message.slice)
    },
  )
  let told = ''
  const tellShown = () => {
    const now = JSON.stringify(shownStudies().map(patientFacts))
    if (now === told) return
    told = now
    sayHere()
  }
  let last: unknown
  const tellSlice = (leads: boolean) => {
    const { active, layout, link } = useSession.getState()
    const current = tiles[active]?.current
    if (current === last) return
    last = current
    const slice = current && placed(current)
    const frames = tiles
      .slice(0, layout.rows * layout.columns)
      .flatMap(({ current }) => current?.image.frameOfReferenceUID || [])
    const moves = leads && link === 'position' && useWindows.getState().linked
    tellWindows({ kind: 'slice', slice: slice ?? null, frames: [...new Set(frames)], leads: moves })
  }
  for (const tile of tiles) {
    let { index, source } = tile.state
    tile.store.subscribe((state) => {
      if (state.index === index && state.source === source) return
      // A stack that is opened anew stands where it stands; it takes nobody along.
      const scrolled = state.source === source
      ;({ index, source } = state)
      if (!scrolled) tellShown()
      if (tiles[useSession.getState().active] === tile) tellSlice(scrolled && !isFollowing() && !state.playing)
    })
  }
  useSession.subscribe(({ layout, active, studyIds }, before) => {
    if (layout !== before.layout || studyIds !== before.studyIds) tellShown()
    if (active !== before.active) tellSlice(false)
  })
  // Whoever comes wants to know where this window stands.
  useWindows.subscribe(({ others }, before) => {
    if (others.size > before.others.size) {
      last = undefined
      tellSlice(false)
    }
  })
  onKept(() => tellWindows({ kind: 'measured', studyIds: [...useSession.getState().studyIds].slice(0, 64) }))
}
