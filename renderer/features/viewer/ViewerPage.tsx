import { ScanEye } from 'lucide-react'
import { useEffect } from 'react'
import { useStudyChanges } from '../../api/studyChanges.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { followViewerPreferences } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { offerUndo } from '../../app/pageUndo.ts'
import { isRemembered } from '../../app/rememberedPlace.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { followFullScreen } from '../../viewer/fullScreen.ts'
import { keepMeasurements, loadMeasurements } from '../../viewer/keepMeasurements.ts'
import { holdPictures } from '../../viewer/letGo.ts'
import { linkScrolling } from '../../viewer/linkedScroll.ts'
import { linkViews } from '../../viewer/linkedViews.ts'
import { redo, undo } from '../../viewer/measurements.ts'
import { openOnLightBox, refreshStudies } from '../../viewer/openOnLightBox.ts'
import { prepareSelected } from '../../viewer/prepare.ts'
import { installReadBack } from '../../viewer/readBack.ts'
import { leftOf, rememberLightBox, restoreLightBox } from '../../viewer/rememberedLightBox.ts'
import { loadReports } from '../../viewer/reports.ts'
import { openStudies, tiles, useSession } from '../../viewer/session.ts'
import { showNeighbour } from '../../viewer/showNeighbour.ts'
import { warm } from '../../viewer/warm.ts'
import { followWindows } from '../../viewer/windows/followWindows.ts'
import { HabitsDialog } from './habits/HabitsDialog.tsx'
import { PartWarning } from './PartWarning.tsx'
import { PatientWarning } from './PatientWarning.tsx'
import { QuestionDialog } from './QuestionDialog.tsx'
import { RadialMenu } from './radial/RadialMenu.tsx'
import { closeRadial } from './radial/shownRadial.ts'
import { SeriesRail } from './SeriesRail.tsx'
import { SidePanel } from './SidePanel.tsx'
import { TagBrowser } from './TagBrowser.tsx'
import { TileView } from './TileView.tsx'
import { useFurnished } from './useFurnished.ts'
import { useOpened } from './useOpened.ts'
import { useOverImageTheme } from './useOverImageTheme.ts'
import { useViewerShortcuts } from './useViewerShortcuts.ts'
import { useWindowWidth } from './useWindowWidth.ts'
import { ViewerBar } from './ViewerBar.tsx'
import css from './ViewerPage.module.css'
import { viewerCommands } from './viewerCommands.ts'
import { offerWindowsAgain } from './windows/offerWindowsAgain.ts'

// This module is fetched while the page is idle: what follows is ready before the first double click.
installReadBack()
followViewerPreferences(() => {})
keepMeasurements()
linkScrolling()
linkViews()
let left = rememberLightBox()
followWindows()
offerWindowsAgain()
warm()
prepareSelected()
// In the very double click, while React has not yet begun to change pages.
useNavigation.subscribe(({ viewer }, before) => {
  if (viewer !== before.viewer) openAsked()
})

let opened: unknown

/** Once for each time that somebody asks: coming back from another page finds the light box as it was left. */
function openAsked(): void {
  const { viewer } = useNavigation.getState()
  if (viewer === opened || viewer.studyIds.length === 0) return
  opened = viewer
  // Only the first time: then the window was loaded anew.
  const before = left
  left = undefined
  const back = before && isSame(before.studies, viewer.studyIds) ? before : undefined
  // Ids begin anew in every data folder: without the UIDs that belong to them they are nobody's choice.
  if (!back && isRemembered(viewer.studyIds)) {
    leave()
    return
  }
  // The first image never waits for what was measured on it.
  void (back ? takeUp(viewer.studyIds, back) : openAsLeft(viewer.studyIds, viewer.seriesId))
    // With the earlier ones that were hung beside.
    .then(() => loadMeasurements(useSession.getState().studyIds))
    .then(() => loadReports(useSession.getState().studyIds))
    .catch(showFailure)
}

async function takeUp(studyIds: readonly number[], back: NonNullable<typeof left>): Promise<void> {
  openStudies(studyIds)
  if (!(await restoreLightBox(back))) leave()
}

/** One study that was read here before hangs as it was left; all others as they should. */
async function openAsLeft(studyIds: number[], seriesId: number | undefined): Promise<void> {
  const [studyId, another] = studyIds
  const before = studyId !== undefined && another === undefined && seriesId === undefined && leftOf(studyId)
  if (before) {
    openStudies(studyIds)
    if (await restoreLightBox(before, true)) return
  }
  await openOnLightBox(studyIds, seriesId)
}

function leave(): void {
  openStudies([])
  useNavigation.setState({ page: 'studies', viewer: { studyIds: [] } })
}

function isSame(studies: readonly { studyId: number }[], studyIds: readonly number[]): boolean {
  // Earlier studies that were put beside come after those that were opened.
  return studyIds.length > 0 && studyIds.every((studyId, at) => studies[at]?.studyId === studyId)
}

export function ViewerPage() {
  const { studyIds } = useNavigation((state) => state.viewer)
  if (studyIds.length === 0) {
    return (
      <>
        <TopBar title="Viewer" />
        <EmptyState
          icon={ScanEye}
          title="No study is open"
          actions={<Button onClick={() => useNavigation.getState().go('studies')}>Choose a study</Button>}
        >
          Double-click a study in the list to read it here. Select several to see them side by side.
        </EmptyState>
      </>
    )
  }
  return <LightBox />
}

const neighbour = (by: 1 | -1) => void showNeighbour(by).catch(showFailure)
const commands = viewerCommands(neighbour)

const RAIL_PX = 104
const PANEL_PX = 268
const TILE_PX = 320

function LightBox() {
  const viewer = useNavigation((state) => state.viewer)
  const { layout, maximised, railShown, panelShown, barShown } = useSession()
  const width = useWindowWidth()
  const { data: studies, error, refetch } = useQueryOperation('studies', 'get', { studyIds: [...viewer.studyIds] })
  useOpened(viewer.studyIds)
  useEffect(openAsked, [])
  useEffect(holdPictures, [])
  useEffect(followFullScreen, [])
  useEffect(() => closeRadial, [])
  useEffect(() => offerUndo({ undo, redo }), [])
  useStudyChanges((studyIds) => void follow(studyIds).catch(showFailure))
  useViewerShortcuts(neighbour)
  const theme = useOverImageTheme()
  const furnished = useFurnished()
  const grid = maximised === undefined ? layout : { rows: 1, columns: 1 }
  // Tiles keep 320 px and the panel a third of the window at most; the panel goes first.
  const room = width >= 3 * PANEL_PX && width - (railShown ? RAIL_PX : 0) - PANEL_PX >= grid.columns * TILE_PX
  const again = () => {
    void refetch()
    openOnLightBox(viewer.studyIds, viewer.seriesId).catch(showFailure)
  }
  if (error) {
    return (
      <ErrorState
        title="The study cannot be opened"
        actions={
          <>
            <Button onClick={again}>Try again</Button>
            <Button onClick={() => useNavigation.getState().go('studies')}>Back to studies</Button>
          </>
        }
      >
        {error.message}
      </ErrorState>
    )
  }
  return (
    <div className={css.page}>
      {barShown && (furnished ? <ViewerBar studies={studies ?? []} /> : <div className={css.barRoom} />)}
      <PatientWarning />
      <PartWarning />
      <div className={css.body}>
        {railShown && (furnished ? <SeriesRail studies={studies ?? []} /> : <div className={css.railRoom} />)}
        <div
          className={css.tiles}
          data-theme={theme}
          style={{
            gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
            gridTemplateRows: `repeat(${grid.rows}, minmax(0, 1fr))`,
          }}
        >
          {tiles.slice(0, layout.rows * layout.columns).map((tile, position) =>
            maximised === undefined || maximised === position ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
              <TileView key={position} tile={tile} position={position} />
            ) : null,
          )}
        </div>
        {panelShown && room && (furnished ? <SidePanel /> : <div className={css.panelRoom} />)}
      </div>
      {furnished && (
        <>
          <QuestionDialog />
          <TagBrowser />
          <HabitsDialog />
          <RadialMenu commands={commands} />
        </>
      )}
    </div>
  )
}

/** Images and reports that come into the open studies. */
async function follow(studyIds: readonly number[]): Promise<void> {
  await refreshStudies(studyIds)
  const open = useSession.getState().studyIds
  if (studyIds.some((studyId) => open.includes(studyId))) await loadReports(open)
}
