import type { App, Session, WebContents } from 'electron'
import { isOwnPage } from './scheme.ts'

/** What the page uses: full screen (F11), copying a UID, telling that images came. Nothing else is ever granted, to nobody else. */
const GRANTED = new Set(['fullscreen', 'clipboard-sanitized-write', 'notifications'])

export function mayUse(permission: string, requestingUrl: string): boolean {
  return GRANTED.has(permission) && isOwnPage(requestingUrl)
}

/** No contents of ours ever leave the page or embed another one; a window that they ask for is ours to open, or is not. */
export function hardenContents(app: Pick<App, 'on'>, openAsked: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => lockIn(contents, openAsked))
}

function lockIn(contents: WebContents, openAsked: (url: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openAsked(url)
    return { action: 'deny' }
  })
}

/** No permission that is not in the list, no device, no request to anything but the page's own origin. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, `${origin}/`))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isAllowedRequest(request.url) }))
}

/** The page needs its own origin, blobs that it made, and in development the tools of Chromium. */
export function isAllowedRequest(url: string): boolean {
  return (
    isOwnPage(url) ||
    url.startsWith('blob:app://workstation/') ||
    url.startsWith('devtools:') ||
    url.startsWith('data:')
  )
}
