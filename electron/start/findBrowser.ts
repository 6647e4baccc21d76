import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Browser {
  command: string
  args: string[]
  /** Understands `--app=URL`: a window of its own, without tabs and address bar. */
  appMode: boolean
}

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** The system's browser, Chromium in app mode if present; undefined without a display or without a browser. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Browser | undefined {
  if (platform === 'darwin') return { command: 'open', args: [], appMode: false }
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'], appMode: false }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined
  const chromium = CHROMIUMS.map((name) => which(name, env.PATH)).find((path) => path !== undefined)
  // Chromium refuses to run its sandbox as root; a desktop user is not root.
  if (chromium) return { command: chromium, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], appMode: true }
  const opener = which('xdg-open', env.PATH)
  return opener ? { command: opener, args: [], appMode: false } : undefined
}

function which(name: string, path = ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))
}
