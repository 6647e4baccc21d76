import type { BrowserWindowConstructorOptions } from 'electron'

/** A window. What a page of ours may do is decided here: nothing that a web page may not. */
export function windowOptions(preload: string, icon: string | undefined): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    // bg-0 of the dark theme: no white flash in a reading room.
    backgroundColor: '#0d0e10',
    title: 'Negatoscope',
    autoHideMenuBar: true,
    ...(icon === undefined ? {} : { icon }),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // Cine and transfers go on at full pace while another window is in front.
      backgroundThrottling: false,
    },
  }
}
