import { fileURLToPath } from 'node:url'
import { app, dialog, ipcMain, Menu, protocol, session } from 'electron'
import { takePassphrase } from '#electron/credentials/takePassphrase.ts'
import { dataFolder } from '#electron/dataFolder.ts'
import { listPageFiles } from '#electron/headless/pageFiles.ts'
import { practicePlace } from '#electron/practice/practicePlace.ts'
import { openWorkstation, type Workstation, WorkstationError } from '#electron/workstation.ts'
import { type Background, runInBackground } from './background.ts'
import { REBUILD_INDEX, readCommandLine } from './commandLine.ts'
import { hardenContents, hardenSession } from './harden.ts'
import { systemKeySeal } from './keySeal.ts'
import { menuTemplate } from './menu.ts'
import { openFiles } from './openFiles.ts'
import { portWire } from './portWire.ts'
import { answerPage } from './protocol.ts'
import { APP_SCHEME, isOwnPage } from './scheme.ts'
import { startFailure } from './startFailure.ts'
import { hasWindow, openAsked, rememberWindows, showWindows } from './windows.ts'

/** When the program ends, the object under way gets this long before A-ABORT. */
const GRACE_MS = 4000
const LAST_RESORT_MS = 4800
const ICON = fileURLToPath(new URL('../../resources/icon.png', import.meta.url))

const commandLine = readCommandLine(process.argv, app.isPackaged, process.cwd())
/** Files that the system handed over before there was a workstation to take them. */
const waiting = [...commandLine.files]
let workstation: Workstation | undefined
let background: Background | undefined

function take(files: readonly string[]): void {
  if (workstation) void openFiles(workstation, files)
  else waiting.push(...files)
}

/** Only the main frame of our own page gets a wire; there is no other message that the main process listens to. */
function serveWires(): void {
  ipcMain.on('negatoscope:wire', (event) => {
    const [port] = event.ports
    const frame = event.senderFrame
    if (!port) return
    if (!workstation || !frame || frame.parent !== null || !isOwnPage(frame.url)) {
      port.close()
      return
    }
    const isPractice = practicePlace(new URL(frame.url).pathname).isPractice
    const served = (isPractice && workstation.practiceHost) || workstation
    served.serve(portWire(port))
  })
}

async function start(): Promise<void> {
  await app.whenReady()
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ platform: process.platform, packaged: app.isPackaged, appName: app.name })),
  )
  hardenSession(session.defaultSession)
  workstation = await openWorkstation({
    dataFolder: dataFolder(commandLine.dataFolder),
    overrides: {},
    certificates: { seal: await systemKeySeal() },
    passphrase: takePassphrase(process.env),
    serversIni: commandLine.serversIni,
    siteProfile: commandLine.siteProfile,
    rebuildIndex: commandLine.rebuildIndex,
    host: 'desktop',
  })
  const pageFile = await listPageFiles(fileURLToPath(new URL('../../dist/renderer', import.meta.url)))
  protocol.handle('app', answerPage({ pageFile, workstation }))
  serveWires()
  rememberWindows(dataFolder(commandLine.dataFolder), process.platform === 'linux' ? ICON : undefined)
  background = runInBackground(workstation, { icon: ICON, open: showWindows, hasWindow })
  // Started at sign-in it receives, until somebody opens the window from its icon or by starting it again.
  const isBySystem = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  if (!commandLine.hidden && !isBySystem) showWindows()
  take(waiting.splice(0))
}

/** The new process starts with locks of its own, free of whatever this one had opened. */
function offerRebuild(sentence: string): void {
  const buttons = ['Make the index anew', 'Quit']
  const message = 'Negatoscope cannot start'
  const chosen = dialog.showMessageBoxSync({ type: 'error', message, detail: sentence, buttons, cancelId: 1 })
  if (chosen === 0) app.relaunch({ args: [...process.argv.slice(1), REBUILD_INDEX] })
}

function stopOnQuit(): void {
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped || !workstation) return
    event.preventDefault()
    stopped = true
    setTimeout(() => app.exit(0), LAST_RESORT_MS)
    background?.close()
    void workstation.close(GRACE_MS).finally(() => app.exit(0))
  })
}

if (!app.requestSingleInstanceLock()) {
  // The first one has been told and shows its window, with our files.
  app.quit()
} else {
  // See docs/adr/0008.
  app.commandLine.appendSwitch('js-flags', '--no-memory-protection-keys')
  // Windows shows notices of a program that it knows by this name only; electron-builder.yml has the same.
  app.setAppUserModelId('io.github.negatoscope.workstation')
  protocol.registerSchemesAsPrivileged([APP_SCHEME])
  app.enableSandbox()
  hardenContents(app, openAsked)
  stopOnQuit()
  app.on('second-instance', (_event, argv, workingFolder) => {
    if (workstation) showWindows()
    take(readCommandLine(argv, app.isPackaged, workingFolder).files)
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    take([file])
  })
  app.on('activate', () => workstation && showWindows())
  app.on('window-all-closed', () => {
    // On a Mac a program without a window goes on; elsewhere this one does while it is to receive.
    if (background?.goesOn()) background.sayThatItGoesOn()
    else if (process.platform !== 'darwin') app.quit()
  })
  start().catch((error: unknown) => {
    if (!(error instanceof WorkstationError)) process.stderr.write(`negatoscope: ${String(error)}\n`)
    const { sentence, canRebuild } = startFailure(error)
    if (canRebuild) offerRebuild(sentence)
    else dialog.showErrorBox('Negatoscope cannot start', sentence)
    app.exit(2)
  })
}
