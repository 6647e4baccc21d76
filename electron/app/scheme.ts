import type { CustomScheme } from 'electron'

/** The page's origin: `app://workstation`. */
export const APP_ORIGIN = 'app://workstation'

/** A standard, secure origin of its own: CSP's 'self', fetch, streams and module workers all work as over https. */
export const APP_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
}

/** Whether an address is the page's own. `app://workstation.evil` and `app://workstation@evil` are not. */
export function isOwnPage(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url)
    return protocol === 'app:' && host === 'workstation' && username === '' && password === ''
  } catch {
    return false
  }
}
