import { lightBoxNow } from '../rememberedLightBox.ts'
import { useSession } from '../session.ts'
import { shownTitle } from '../shownTitle.ts'
import { openStudiesInWindow } from './showWindow.ts'

/** What a further window begins with. */
export type WindowContent = 'series' | 'study' | 'layout'

/** Opens another window with what the active tile, or the whole light box, shows. Returns why not, as a sentence. */
export function openWindow(content: WindowContent): string | undefined {
  const now = lightBoxNow()
  const { active } = useSession.getState()
  const tile = now?.tiles[active]
  if (content === 'layout' && now) return openStudiesInWindow({ ...entryOf(now), lightBox: JSON.stringify(now) })
  if (content === 'series' && now && tile) {
    const studies = now.studies.filter(({ studyId }) => studyId === tile.studyId)
    const alone = { ...now, studies, layout: { rows: 1, columns: 1 }, active: 0, tiles: [tile], hungBy: '' }
    return openStudiesInWindow({ ...entryOf(alone), lightBox: JSON.stringify(alone) })
  }
  const studyId = tile?.studyId ?? useSession.getState().studyIds[0]
  if (studyId === undefined) return 'Open a study first.'
  return openStudiesInWindow({ title: shownTitle(), studyIds: [studyId] })
}

const entryOf = (state: NonNullable<ReturnType<typeof lightBoxNow>>) => ({
  title: shownTitle(),
  studyIds: state.studies.map(({ studyId }) => studyId),
})
