import { lazy, Suspense, useEffect } from 'react'
import { isPractice } from '../api/practice.ts'
import { DevicesPage } from '../features/devices/DevicesPage.tsx'
import { FrontDeskPage } from '../features/frontdesk/FrontDeskPage.tsx'
import { useArrivalNotices } from '../features/notifications/useArrivalNotices.ts'
import { PracticeBanner } from '../features/practice/PracticeBanner.tsx'
import { ServersPage } from '../features/servers/ServersPage.tsx'
import { SettingsPage } from '../features/settings/SettingsPage.tsx'
import { DropZone } from '../features/studies/import/DropZone.tsx'
import { StudiesPage } from '../features/studies/StudiesPage.tsx'
import { TransfersPage } from '../features/transfers/TransfersPage.tsx'
import { useKnockNews } from '../features/transfers/useKnockNews.ts'
import { Bars } from '../ui/Bars.tsx'
import { ToastRegion } from '../ui/ToastRegion.tsx'
import { dismissNews } from '../ui/toast.ts'
import css from './App.module.css'
import { CommandPalette } from './CommandPalette.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { type Page, useNavigation } from './navigation.ts'
import { loadPart } from './outdatedPage.ts'
import { Rail } from './Rail.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useFrameShortcuts } from './useFrameShortcuts.ts'
import { useTheme } from './useTheme.ts'

/** Cornerstone is most of the page's weight: fetched and warmed while nothing else happens, before the first double click. */
let Viewer: typeof import('../features/viewer/ViewerPage.tsx').ViewerPage | undefined
const loadViewer = async () => {
  const module = await loadPart(() => import('../features/viewer/ViewerPage.tsx'), true)
  Viewer = module.ViewerPage
  return { default: module.ViewerPage }
}
// Where it cannot be had now, the double click asks again and says so.
requestIdleCallback(() => void loadViewer().catch(() => {}), { timeout: 1500 })

/** Once it is here it is used directly: React keeps a lazy component's fallback for 300 ms, which the first image would wait. */
const LazyViewer = lazy(loadViewer)

export function App() {
  const page = useNavigation((state) => state.page)
  const reading = useNavigation((state) => state.page === 'viewer' && state.viewer.studyIds.length > 0)
  useTheme()
  useEffect(() => {
    if (reading) dismissNews()
  }, [reading])
  useFrameShortcuts()
  useKnockNews()
  useArrivalNotices()
  return (
    // The image wins: while reading there is no rail and no status bar.
    <div className={css.app} data-reading={reading}>
      {!reading && <Rail />}
      <div className={css.column}>
        <ConnectionBanner />
        {isPractice && <PracticeBanner />}
        <main className={css.main} aria-label={page}>
          <ErrorBoundary resetKey={page}>
            <Suspense fallback={<Bars />}>
              <CurrentPage page={page} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {!reading && <StatusBar />}
      <DropZone quiet={reading} />
      <ToastRegion corner={reading ? 'right' : 'left'} />
      <KeyboardHelp />
      <CommandPalette />
    </div>
  )
}

function CurrentPage({ page }: { page: Page }) {
  if (page === 'viewer') return Viewer ? <Viewer /> : <LazyViewer />
  if (page === 'transfers') return <TransfersPage />
  if (page === 'frontdesk') return <FrontDeskPage />
  if (page === 'servers') return <ServersPage />
  if (page === 'devices') return <DevicesPage />
  if (page === 'settings') return <SettingsPage />
  return <StudiesPage />
}
