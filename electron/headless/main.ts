import { fileURLToPath } from 'node:url'
import { takePassphrase } from '#electron/credentials/takePassphrase.ts'
import { dataFolder } from '#electron/dataFolder.ts'
import { statementOf } from '#electron/dicom/conformance/installation.ts'
import { hashPassword } from '#electron/dicomwebServer/passwords.ts'
import { listenSentence } from '#electron/listening/listenSentence.ts'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { openWorkstation, type Workstation, WorkstationError } from '#electron/workstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { FlagError } from './flagError.ts'
import { type HeadlessFlags, readFlags } from './flags.ts'
import { keepPagePort, lastPagePort } from './lastPagePort.ts'
import { listPageFiles } from './pageFiles.ts'
import { portIsFree } from './portIsFree.ts'
import { bindPage, type PageServer } from './server.ts'

/** After SIGTERM the object under way gets this long before A-ABORT; the process is gone within 5 s. */
const GRACE_MS = 4000
const LAST_RESORT_MS = 4800
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** One clear line for whoever started us; nothing was touched. */
function refuse(sentence: string): never {
  process.stderr.write(`negatoscope: ${sentence.replaceAll('\n', ' ')}\n`)
  process.exit(2)
}

async function main(): Promise<void> {
  const flags = flagsOrRefuse()
  if (flags.printConformance) return print(statementOf(dataFolder(flags.dataFolder), overridesOf(flags)))
  // Nothing was taken yet, and the index outlives worse: whoever stops a long start waits for nothing.
  for (const signal of STOP_SIGNALS) process.on(signal, leave)
  const page = await bindPageOrRefuse(flags)
  if (flags.dicomPort) {
    const endpoint = { host: flags.bind, port: flags.dicomPort }
    const problem = await portIsFree(endpoint)
    if (problem) refuse(listenSentence(endpoint, problem))
  }
  const workstation = await openOrRefuse(flags)
  const pageFile = await listPageFiles(fileURLToPath(new URL('../../dist/renderer', import.meta.url)))
  stopOnSignal(workstation, page)
  page.start({ pageFile, workstation })
  if (flags.webPort === undefined) keepPagePort(dataFolder(flags.dataFolder), page.port)

  const listening = workstation.listener.state()
  if (listening.state === 'failed') {
    // A port on the command line is an order; one from the settings can be mended in the page.
    if (flags.dicomPort !== undefined) refuse(listening.sentence)
    process.stderr.write(`negatoscope: ${listening.sentence}\n`)
  }
  if (listening.state === 'listening' && listening.tlsProblem) {
    if (flags.tls.settings.tlsListener) refuse(listening.tlsProblem)
    process.stderr.write(`negatoscope: ${listening.tlsProblem}\n`)
  }
  const web = workstation.dicomwebServer.state()
  if (web.state === 'failed') {
    if (flags.dicomweb.settings.dicomwebServer) refuse(`DICOMweb: ${web.sentence}`)
    process.stderr.write(`negatoscope: DICOMweb: ${web.sentence}\n`)
  }
  const ready = {
    event: 'ready',
    url: page.url,
    aeTitle: workstation.settings.current().aeTitle,
    dicomPort: listening.state === 'listening' && !listening.tlsOnly ? listening.port : null,
    tlsPort: listening.state === 'listening' ? listening.tlsPort : null,
    ...(web.state === 'listening' ? { dicomwebPort: web.port } : {}),
    pid: process.pid,
  }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
}

function flagsOrRefuse(): HeadlessFlags {
  try {
    return readFlags(process.argv.slice(2))
  } catch (error) {
    if (error instanceof FlagError) refuse(error.message)
    throw error
  }
}

async function bindPageOrRefuse(flags: HeadlessFlags): Promise<PageServer> {
  const { webPort } = flags
  // What a browser remembers of a page belongs to its port: windows, and how studies were left.
  const last = webPort === undefined ? lastPagePort(dataFolder(flags.dataFolder)) : undefined
  const again = last === undefined ? undefined : await bindPage(last).catch(() => undefined)
  if (again) return again
  try {
    return await bindPage(webPort ?? 0)
  } catch (error) {
    return refuse(listenSentence({ host: '127.0.0.1', port: webPort ?? 0 }, error))
  }
}

function overridesOf(flags: HeadlessFlags): SettingsOverrides {
  return {
    aeTitle: flags.aeTitle,
    dicomPort: flags.dicomPort,
    bindAddress: flags.bind,
    ...flags.tls.settings,
    ...flags.dicomweb.settings,
    ...(flags.accept && checksOf(flags.accept)),
    ...Object.fromEntries(flags.enable.map((name) => [name, true])),
  }
}

/** Resolves when a pipe has taken all of it. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}

async function openOrRefuse(flags: HeadlessFlags): Promise<Workstation> {
  const overrides = overridesOf(flags)
  try {
    const { rebuildIndex } = flags
    return await openWorkstation({
      dataFolder: dataFolder(flags.dataFolder),
      overrides,
      certificates: { given: flags.tls.given },
      passphrase: takePassphrase(process.env),
      serversIni: flags.serversIni,
      siteProfile: flags.siteProfile,
      dicomwebUsers: await Promise.all(
        flags.dicomweb.users.map(async ({ name, password }) => ({ name, password: await hashPassword(password) })),
      ),
      rebuildIndex,
      host: 'headless',
    })
  } catch (error) {
    if (error instanceof WorkstationError) refuse(error.message)
    throw error
  }
}

function stopOnSignal(workstation: Workstation, page: PageServer): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), LAST_RESORT_MS).unref()
    void workstation
      .close(GRACE_MS)
      .then(() => page.close())
      .finally(() => process.exit(0))
  }
  for (const signal of STOP_SIGNALS) process.off(signal, leave).on(signal, stop)
}

function leave(): never {
  process.exit(0)
}

await main()
