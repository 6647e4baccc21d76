import { ipcRenderer } from 'electron'

/**
 * The page's whole view of the desktop program: it asks for a wire and gets one end of a channel, whose other end goes to
 * the main process. Nothing is exposed on `window`, and no function of Electron reaches the page.
 */
interface PageWindow {
  addEventListener(type: 'message', listener: (event: { source: unknown; origin: string; data: unknown }) => void): void
  postMessage(message: string, targetOrigin: string, transfer: unknown[]): void
}

declare const window: PageWindow
declare const location: { origin: string; protocol: string }

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin || event.data !== 'negatoscope:connect') return
  if (location.protocol !== 'app:') return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage('negatoscope:wire', null, [port1 as never])
  window.postMessage('negatoscope:wire', location.origin, [port2])
})
