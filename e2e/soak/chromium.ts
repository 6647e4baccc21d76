import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { find } from '../run/debianPackages.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { DevTools } from './devTools.ts'
import { type MemoryDump, memoryDump } from './memoryDump.ts'

export interface Memory {
  /** Objects of the page and what its typed arrays hold, after the garbage is collected. */
  heapBytes: number
  /** Memory of the page's process that no file backs and nobody shares. */
  rendererBytes: number
  gpuBytes: number
  /** Of the page's process, what is in use: in V8, Blink, and the two that all else is taken from. */
  aliveBytes: number
  /** Of the page's process, who holds what. */
  dump: MemoryDump
}

export interface Chromium extends AsyncDisposable {
  goto(url: string): Promise<void>
  /** Runs in the page; what it gives is a plain value. */
  evaluate<Args extends unknown[], Result>(act: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>
  /** Asks the page until it says yes. */
  until<Args extends unknown[]>(look: (...args: Args) => unknown, ...args: Args): Promise<void>
  press(key: string): Promise<void>
  /** What went wrong in the page. */
  readonly complaints: readonly string[]
  /** Collects garbage, lets Chromium give back what it keeps for later, and reads what is left. */
  memory(): Promise<Memory>
}

const listening = /^DevTools listening on (ws:\/\/\S+)$/m
const target = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }))
const evaluated = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ exception: z.object({ description: z.string().optional() }).optional() }).optional(),
})
const thrown = z.object({
  exceptionDetails: z.object({
    text: z.string(),
    exception: z.object({ description: z.string().optional() }).optional(),
  }),
})

export async function openChromium(): Promise<Chromium> {
  const program = find('chromium')
  if (program === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
  const profile = temporaryFolder()
  const flags = [
    ...['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile.path}`, '--no-first-run'],
    ...['--window-size=1440,900', '--disable-background-networking', '--disable-component-update'],
    // Machine code is made for minutes, and is no leak: where nothing is compiled, what grows are objects.
    '--js-flags=--no-sparkplug --no-maglev --no-turbofan',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  const child = spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 100_000) said += chunk.toString('latin1')
  })
  const address = await until('Chromium', () => listening.exec(said)?.[1])
  const pages = await until('its page', async () => {
    const found = target.parse(await (await fetch(`http://${new URL(address).host}/json/list`)).json())
    return found.find(({ type }) => type === 'page')
  })
  const browser = await DevTools.connect(address)
  const page = await DevTools.connect(pages.webSocketDebuggerUrl)
  const complaints: string[] = []
  page.on('Runtime.exceptionThrown', (params) => {
    const { text, exception } = thrown.parse(params).exceptionDetails
    complaints.push(exception?.description ?? text)
  })
  page.on('Inspector.targetCrashed', () => complaints.push('The page crashed.'))
  for (const domain of ['Runtime', 'Page', 'Inspector']) await page.send(`${domain}.enable`)
  const workers = await followWorkers(page)

  const evaluate: Chromium['evaluate'] = async (act, ...args) => {
    const expression = `(${act})(...${JSON.stringify(args)})`
    const answer = evaluated.parse(
      await page.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }),
    )
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? 'The page threw.')
    return answer.result.value as never
  }
  return {
    complaints,
    evaluate,
    goto: async (url) => {
      await page.send('Page.navigate', { url })
    },
    until: async (look, ...args) => {
      const found = async () => ((await evaluate(look, ...args).catch(() => undefined)) ? true : undefined)
      await until(`${look}`.replaceAll(/\s+/g, ' ').slice(0, 200), found, WAIT_MS)
    },
    press: async (key) => {
      const event = {
        key,
        code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
        ...(key.length === 1 && { text: key }),
      }
      await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
      await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key: event.key, code: event.code })
    },
    memory: () => readMemory(browser, page, workers),
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit')
      await browser.send('Browser.close').catch(() => child.kill())
      await ended
      page[Symbol.dispose]()
      browser[Symbol.dispose]()
      profile[Symbol.dispose]()
    },
  }
}

const WAIT_MS = 60_000
const SETTLE_MS = 1000
const attached = z.object({ sessionId: z.string() })
const processes = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.number().int() })) })
const heapUsage = z.object({ usedSize: z.number(), backingStorageSize: z.number().default(0) })

/** The garbage of each worker is its own: that of the page's thread may be collected while theirs stays. */
async function followWorkers(page: DevTools): Promise<ReadonlySet<string>> {
  const workers = new Set<string>()
  page.on('Target.attachedToTarget', (params) => void workers.add(attached.parse(params).sessionId))
  page.on('Target.detachedFromTarget', (params) => void workers.delete(attached.parse(params).sessionId))
  await page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true })
  return workers
}

async function readMemory(browser: DevTools, page: DevTools, workers: ReadonlySet<string>): Promise<Memory> {
  for (let round = 0; round < 3; round += 1) {
    for (const worker of [undefined, ...workers]) await page.send('HeapProfiler.collectGarbage', {}, worker)
    await page.send('Memory.simulatePressureNotification', { level: 'critical' })
    await delay(SETTLE_MS)
  }
  const { usedSize, backingStorageSize } = heapUsage.parse(await page.send('Runtime.getHeapUsage'))
  const { processInfo } = processes.parse(await browser.send('SystemInfo.getProcessInfo'))
  // A renderer that Chromium keeps in reserve is far smaller than that of the page.
  const largest = (type: string) =>
    processInfo
      .filter((each) => each.type === type)
      .map(({ id }) => ({ id, bytes: ownBytes(id) }))
      .toSorted((a, b) => b.bytes - a.bytes)[0] ?? { id: 0, bytes: 0 }
  const renderer = largest('renderer')
  const dump = await memoryDump(browser, renderer.id)
  return {
    heapBytes: usedSize + backingStorageSize,
    rendererBytes: dump.footprintBytes,
    gpuBytes: largest('GPU').bytes,
    aliveBytes: usedSize + dump.aliveBytes,
    dump,
  }
}

/** Resident and not backed by a file: code that was read in for the first time is no leak. */
function ownBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
  return (kilobytes('RssAnon') + kilobytes('RssShmem')) * 1024
}
