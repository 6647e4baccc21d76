import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defaultStorageFolder } from '#electron/archive/archivePaths.ts'
import { residentBytes } from '../hostile/memory.ts'
import type { Workstation } from '../workstation/startWorkstation.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { pause } from './faultyCase.ts'
import { type Innocent, startInnocent } from './innocent.ts'
import { openThreads, type Threads } from './threads.ts'

/** Whatever a faulty peer does: nobody else waits with it. */
const ECHO_MAX_MS = 1000
const CALM_MS = 300
/** Echoes in a row that took less than CALM_MS. */
const CALM_ECHOES = 10
const CALM_WITHIN_MS = 30_000
const MEMORY_FACTOR = 1.05
const OWN_NAME = /^(negatoscope-archive\.txt|\d{6}[/\\][0-9a-f]{64}-[0-9a-f]{8}\.dcm)$/
/** Started for a while where a header is long or a file is converted, and ended again. */
const COMES_AND_GOES = /^(longHeader|transcode|codec|decode|import|verify)/i

/** What the inspector says, and what a slow disk has us say. */
const IS_NO_FAULT = /^(Debugger (attached|ending)|For help|Slow query \()/

/** Looks whether a case has left the workstation as it was. */
export class Watch implements AsyncDisposable {
  /** Resident memory after the garbage was collected, as each case must leave it again. */
  baselineBytes = 0
  /** The longest that an innocent echo took in a case that passed. */
  slowestEchoMs = 0
  private readonly folder: string
  private readonly workstation: Workstation
  private readonly threads: Threads
  private readonly innocent: Innocent
  private stderr = ''
  private starts: ReadonlyMap<string, number> = new Map()
  private isBroken = false

  private constructor(folder: string, workstation: Workstation, threads: Threads) {
    this.folder = folder
    this.workstation = workstation
    this.threads = threads
    this.innocent = startInnocent(workstation.dicomPort)
  }

  static async open(folder: string, workstation: Workstation): Promise<Watch> {
    return new Watch(folder, workstation, await openThreads(workstation.process))
  }

  /** From here on nothing may have changed. */
  begin(): void {
    this.stderr = this.workstation.process.stderr()
    this.starts = this.threads.starts()
    this.innocent.take()
  }

  /** What is wrong now; none when the workstation is as it was, but for its memory. */
  async problems(): Promise<string[]> {
    await this.innocent.next()
    const echoes = this.innocent.take()
    const failed = echoes.filter(({ ok }) => !ok)
    const slowestMs = Math.max(...echoes.map(({ elapsedMs }) => elapsedMs))
    if (slowestMs <= ECHO_MAX_MS) this.slowestEchoMs = Math.max(this.slowestEchoMs, slowestMs)
    return [
      ...(failed.length > 0 ? [`${failed.length} of ${echoes.length} echoes failed (at: ${failed[0]?.at})`] : []),
      ...(slowestMs > ECHO_MAX_MS ? [`an echo took ${Math.round(slowestMs)} ms`] : []),
      ...(await this.leftBehind()),
      ...this.died(),
    ]
  }

  /** False for good once it ended, started a thread again or left a file: no second try excuses that. */
  get isWhole(): boolean {
    return !this.isBroken
  }

  /** The machine has time for us again; false when it does not come to that. */
  async calm(): Promise<boolean> {
    const deadline = performance.now() + CALM_WITHIN_MS
    for (let inARow = 0; performance.now() < deadline; ) {
      this.innocent.take()
      await this.innocent.next()
      const echoes = this.innocent.take()
      const isCalm = echoes.every(({ ok, elapsedMs }) => ok && elapsedMs < CALM_MS)
      inARow = isCalm ? inARow + echoes.length : 0
      if (inARow >= CALM_ECHOES) return true
    }
    return false
  }

  /** Collects garbage in every thread and looks a few times: what was freed goes back to the system bit by bit. */
  async memory(): Promise<{ bytes: number; isBack: boolean }> {
    let bytes = Number.POSITIVE_INFINITY
    for (let i = 0; i < 4; i += 1) {
      await this.threads.collectGarbage()
      bytes = Math.min(bytes, residentBytes(this.workstation.pid))
      if (bytes <= this.baselineBytes * MEMORY_FACTOR) return { bytes, isBack: true }
      await pause(150 * (i + 1))
    }
    return { bytes, isBack: false }
  }

  /** Temporary files go when the association's end is noticed; a moment later they must be gone. */
  private async leftBehind(): Promise<string[]> {
    const temporary = join(defaultStorageFolder(this.workstation.dataFolder), 'tmp')
    const deadline = performance.now() + 3000
    while (readdirSync(temporary).length > 0 && performance.now() < deadline) await pause(50)
    const left = readdirSync(temporary)
    const storage = defaultStorageFolder(this.workstation.dataFolder)
    const strange = storedFiles(this.workstation.dataFolder).filter((path) => !OWN_NAME.test(relative(storage, path)))
    const outside = readdirSync(this.folder).filter((name) => name !== 'data')
    const foreign = [...strange, ...outside].map((path) => `a file that does not belong: ${path}`)
    if (foreign.length > 0) this.isBroken = true
    return [...left.map((name) => `temporary file ${name}`), ...foreign]
  }

  private died(): string[] {
    const { exitCode, signalCode } = this.workstation.process.child
    const said = this.workstation.process
      .stderr()
      .slice(this.stderr.length)
      .split('\n')
      .filter((line) => line !== '' && !IS_NO_FAULT.test(line))
    const restarted = [...this.threads.starts()].filter(
      ([name, count]) => !COMES_AND_GOES.test(name) && count > Math.max(this.starts.get(name) ?? 0, 1),
    )
    const hasEnded = exitCode !== null || signalCode !== null
    if (hasEnded || restarted.length > 0) this.isBroken = true
    return [
      ...(hasEnded ? [`the workstation ended (${exitCode ?? signalCode})`] : []),
      ...restarted.map(([name]) => `thread ${name} was started again`),
      ...(said.length > 0 ? [`it said: ${said.slice(0, 3).join(' | ')}`] : []),
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.innocent[Symbol.asyncDispose]()
    this.threads[Symbol.dispose]()
  }
}
