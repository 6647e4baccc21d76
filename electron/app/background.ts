import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, Menu, Notification, nativeImage, Tray } from 'electron'
import type { Workstation } from '#electron/workstation.ts'
import { type StartAtLogin, startAtLogin } from './startAtLogin.ts'
import { tellBySystem } from './systemNotices.ts'
import { trayTemplate } from './tray.ts'

export interface Background {
  /** The window was closed: whether the program goes on without one. */
  goesOn(): boolean
  /** Once: whoever closed the window may think that it ended. */
  sayThatItGoesOn(): void
  close(): void
}

const TRAY_PIXELS = 16

/** R048: receiving without a window, from an icon beside the clock; what comes is then said by the system. */
export function runInBackground(
  workstation: Pick<Workstation, 'listener' | 'settings' | 'notices' | 'noticePreferences'>,
  { icon, open, hasWindow }: { icon: string; open(): void; hasWindow(): boolean },
): Background {
  const { listener, settings } = workstation
  const login = startAtLogin({
    app,
    platform: process.platform,
    // Of an AppImage, what was started is named here, and the path of the process is gone with it.
    executable: process.env.APPIMAGE ?? process.execPath,
    configFolder: process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
  })
  // Only what is installed has a path that is still there at the next sign-in.
  const offered = app.isPackaged ? login : undefined
  const tray = openTray(icon)
  let isSaid = process.platform === 'darwin'
  // What nothing refers to is collected, and its click with it.
  const shown = new Set<Notification>()
  const say = (text: string, title = 'New images') => {
    const notice = new Notification({ title, body: text })
    notice.on('click', open)
    notice.on('close', () => shown.delete(notice))
    shown.add(notice)
    notice.show()
  }
  const draw = () => tray?.setContextMenu(Menu.buildFromTemplate(template(workstation, offered, open, draw)))
  draw()
  tray?.setToolTip('Negatoscope')
  tray?.on('click', open)
  const stops = [
    listener.onChange(draw),
    settings.onChange(draw),
    tellBySystem({
      ...{ notices: workstation.notices, preferences: workstation.noticePreferences, hasWindow },
      say: (text) => say(text),
    }),
  ]
  return {
    goesOn: () => settings.current().keepReceiving,
    sayThatItGoesOn() {
      if (!isSaid) say('Quit in its icon or in the File menu ends it.', 'Negatoscope goes on receiving')
      isSaid = true
    },
    close() {
      for (const stop of stops) stop()
      tray?.destroy()
    },
  }
}

function template(
  { listener, settings }: Pick<Workstation, 'listener' | 'settings'>,
  login: StartAtLogin | undefined,
  open: () => void,
  redraw: () => void,
) {
  return trayTemplate({
    listening: listener.state(),
    keepsReceiving: settings.current().keepReceiving,
    startsAtLogin: login?.isOn(),
    open,
    setKeepsReceiving: (keepReceiving) => settings.update({ keepReceiving }),
    setStartsAtLogin(on) {
      login?.set(on)
      redraw()
    },
    quit: () => app.quit(),
  })
}

/** Some desktops have no place for it: the program goes on, and starting it again shows the window. */
function openTray(icon: string): Tray | undefined {
  try {
    return new Tray(nativeImage.createFromPath(icon).resize({ width: TRAY_PIXELS, height: TRAY_PIXELS }))
  } catch {
    return undefined
  }
}
