import { useSession } from './session.ts'

/** Nothing but images: rail, panel and bar go. The screen's own chrome goes too, where the browser allows it. */
export function toggleFullScreen(): void {
  const full = useSession.getState().barShown
  show(!full)
  if (full) document.documentElement.requestFullscreen().catch(() => {})
  else if (document.fullscreenElement) void document.exitFullscreen()
}

/** The browser's own way out of full screen brings the bar back. Returns how to stop following it. */
export function followFullScreen(): () => void {
  const changed = () => {
    if (!document.fullscreenElement) show(true)
  }
  document.addEventListener('fullscreenchange', changed)
  return () => document.removeEventListener('fullscreenchange', changed)
}

function show(shown: boolean): void {
  useSession.setState({ barShown: shown, railShown: shown, panelShown: shown })
}
