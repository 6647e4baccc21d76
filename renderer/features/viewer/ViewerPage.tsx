import { ScanEye } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { client } from '../../api/client.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useStream } from '../../api/useStream.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { followFullScreen } from '../../viewer/fullScreen.ts'
import { openOnLightBox, refreshStudies } from '../../viewer/openOnLightBox.ts'
import { prepareSelected } from '../../viewer/prepare.ts'
import { installReadBack } from '../../viewer/readBack.ts'
import { tiles, useSession } from '../../viewer/session.ts'
import { showNeighbour } from '../../viewer/showNeighbour.ts'
import { warm } from '../../viewer/warm.ts'
import { PartWarning } from './PartWarning.tsx'
import { PatientWarning } from './PatientWarning.tsx'
import { SeriesRail } from './SeriesRail.tsx'
import { SidePanel } from './SidePanel.tsx'
import { TileView } from './TileView.tsx'
import { useViewerShortcuts } from './useViewerShortcuts.ts'
import { ViewerBar } from './ViewerBar.tsx'
import css from './ViewerPage.module.css'

// This module is fetched while the page is idle: what follows is ready before the first double click.
installReadBack()
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
  openOnLightBox(viewer.studyIds, viewer.seriesId).catch(showFailure)
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

const RAIL_PX = 104
const PANEL_PX = 268
const TILE_PX = 320

function LightBox() {
  const viewer = useNavigation((state) => state.viewer)
  const { layout, railShown, panelShown, barShown } = useSession()
  const width = useWindowWidth()
  const { data: studies, error, refetch } = useQueryOperation('studies', 'get', { studyIds: [...viewer.studyIds] })
  useEffect(openAsked, [])
  useEffect(followFullScreen, [])
  useStream(openChanges, (changed) => void refreshStudies(changed.studyIds).catch(showFailure))
  useViewerShortcuts((by) => void showNeighbour(by).catch(showFailure))
  // Tiles keep 320 px; the panel goes first.
  const room = width - (railShown ? RAIL_PX : 0) - PANEL_PX >= layout.columns * TILE_PX
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
    <div className={css.page} data-theme="dark">
      {barShown && <ViewerBar studies={studies ?? []} />}
      <PatientWarning />
      <PartWarning />
      <div className={css.body}>
        {railShown && <SeriesRail studies={studies ?? []} />}
        <div
          className={css.tiles}
          style={{
            gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
            gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
          }}
        >
          {tiles.slice(0, layout.rows * layout.columns).map((tile, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
            <TileView key={position} tile={tile} position={position} />
          ))}
        </div>
        {panelShown && room && <SidePanel />}
      </div>
    </div>
  )
}

const openChanges = (signal: AbortSignal) => client.studies.changes({}, { signal })

function useWindowWidth(): number {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('resize', changed)
      return () => window.removeEventListener('resize', changed)
    },
    () => window.innerWidth,
  )
}
