import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

/** Starts without a window: it receives until somebody opens one. */
export const HIDDEN = '--hidden'

export interface StartAtLogin {
  isOn(): boolean
  set(on: boolean): void
}

export interface LoginParts {
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>
  platform: NodeJS.Platform
  /** The program as it is started: of an AppImage the image, not what it unpacked. */
  executable: string
  /** `~/.config`, or what XDG_CONFIG_HOME says. */
  configFolder: string
}

/** R048. Undefined where the system has no way that we know. */
export function startAtLogin({ app, platform, executable, configFolder }: LoginParts): StartAtLogin | undefined {
  if (platform === 'darwin')
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    }
  if (platform === 'win32') {
    const item = { path: executable, args: [HIDDEN] }
    return {
      isOn: () => app.getLoginItemSettings(item).openAtLogin,
      set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...item }),
    }
  }
  if (platform !== 'linux') return undefined
  // Desktop Application Autostart Specification of freedesktop.org.
  const file = join(configFolder, 'autostart', 'negatoscope.desktop')
  return {
    isOn: () => existsSync(file),
    set(on) {
      if (!on) return rmSync(file, { force: true })
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, autostartEntry(executable))
    },
  }
}

/** Desktop Entry Specification: what stands in quotes has its signs escaped, and a percent sign is doubled. */
export function autostartEntry(executable: string): string {
  const quoted = executable.replace(/[\\"`$]/g, (sign) => `\\${sign}`).replaceAll('%', '%%')
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Negatoscope',
    `Exec="${quoted.replaceAll('\\', '\\\\')}" ${HIDDEN}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}
