import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, screen } from 'electron'
import { APP_ORIGIN } from './scheme.ts'
import { windowOptions } from './window.ts'
import { boundsOn, openWindowPlaces, type WindowPlaces, windowNumberOf } from './windowPlaces.ts'

/** Moving a window is many events. */
const SETTLE_MS = 500

const open = new Map<number, BrowserWindow>()
let places: WindowPlaces | undefined
let icon: string | undefined
let isQuitting = false

/** From now on it is known where windows stand. */
export function rememberWindows(dataFolder: string, iconFile: string | undefined): void {
  places = openWindowPlaces(dataFolder)
  icon = iconFile
  app.on('before-quit', () => {
    isQuitting = true
  })
}

export const hasWindow = () => open.size > 0

/** The windows of the last time, each where it stood; the first one comes to the front where they are there. */
export function showWindows(): void {
  const further = hasWindow() ? [] : (places?.all() ?? []).filter(({ number, open: wasOpen }) => number > 1 && wasOpen)
  for (const { number, path } of further) showWindow(number, path)
  showWindow(1, '/')
}

/** What a page asks to open is a window of ours, or nothing. */
export function openAsked(url: string): void {
  const number = windowNumberOf(url)
  if (number !== undefined) showWindow(number, new URL(url).pathname)
}

function showWindow(number: number, path: string): void {
  const known = open.get(number)
  if (known) {
    if (known.isMinimized()) known.restore()
    known.focus()
    return
  }
  const preload = fileURLToPath(new URL('../../dist/app/preload.cjs', import.meta.url))
  const place = places?.of(number)
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({ ...windowOptions(preload, icon), ...boundsOn(displays, place?.bounds) })
  open.set(number, window)
  window.once('ready-to-show', () => {
    if (place?.maximised) window.maximize()
    window.show()
  })
  follow(number, path, window)
  void window.loadURL(`${APP_ORIGIN}${path}${number === 1 ? '' : `#window=${number}`}`)
}

function follow(number: number, path: string, window: BrowserWindow): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (isOpen: boolean) => {
    clearTimeout(timer)
    const place = { number, path, bounds: window.getNormalBounds(), maximised: window.isMaximized(), open: isOpen }
    places?.keep(place)
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => keep(true), SETTLE_MS)
  }
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', later)
  window.once('show', () => keep(true))
  // Whoever closes one of several windows does not want it back; the last one ends the program.
  window.on('close', () => keep(isQuitting || open.size === 1))
  window.on('closed', () => {
    clearTimeout(timer)
    open.delete(number)
  })
}
