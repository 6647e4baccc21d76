import { join } from 'node:path'
import { z } from 'zod'
import { type Spawned, start, stop } from './spawned.ts'

const root = join(import.meta.dirname, '..', '..')
/** As it is built, and as people run it: a third of the sources' start, a quarter less memory. */
export const headlessMain = join(root, 'dist', 'host', 'headless.js')

const readyLine = z.object({
  event: z.literal('ready'),
  url: z.url(),
  aeTitle: z.string(),
  /** Null where nothing listens: a fresh installation. */
  dicomPort: z.number().int().nullable(),
  tlsPort: z.number().int().nullable(),
  pid: z.number().int(),
})

export interface Workstation extends AsyncDisposable {
  url: string
  aeTitle: string
  /** 0 where nothing listens. */
  dicomPort: number
  /** Null where nothing listens for TLS. */
  tlsPort: number | null
  /** The process that serves. */
  pid: number
  dataFolder: string
  process: Spawned
  stop(): Promise<void>
}

export interface WorkstationOptions {
  dataFolder: string
  aeTitle?: string
  dicomPort?: number
  accept?: 'any' | 'known'
  /** Services that are off by default: `qr`. */
  enable?: string
  /** Without the flags that confirm AE title and port: as a person starts it for the first time. */
  unconfirmed?: boolean
  /** Further flags. */
  flags?: string[]
  /** Put before the command line: `strace` and its arguments. */
  under?: string[]
}

export function flagsOf(options: WorkstationOptions): string[] {
  if (options.unconfirmed) return ['--data', options.dataFolder, '--bind', '127.0.0.1', '--web-port', '0']
  return [
    ...['--data', options.dataFolder],
    ...['--ae-title', options.aeTitle ?? 'NEGATOSCOPE'],
    ...['--dicom-port', String(options.dicomPort ?? 0)],
    ...['--accept', options.accept ?? 'any'],
    ...(options.enable === undefined ? [] : ['--enable', options.enable]),
    ...['--bind', '127.0.0.1'],
    ...['--web-port', '0'],
    ...(options.flags ?? []),
  ]
}

const START_TIMEOUT_MS = 90_000

/** Starts the headless host as the command line promises it, and waits for its ready line. */
export async function startWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const [program, ...args] = [
    ...(options.under ?? []),
    process.execPath,
    '--no-memory-protection-keys',
    headlessMain,
    ...flagsOf(options),
  ]
  const spawned = start(program ?? process.execPath, args, { cwd: root })
  const ready = readyLine.parse(JSON.parse(await firstLine(spawned)))
  const end = () => stop(spawned)
  return {
    ...ready,
    dicomPort: ready.dicomPort ?? 0,
    dataFolder: options.dataFolder,
    process: spawned,
    stop: end,
    [Symbol.asyncDispose]: end,
  }
}

/** The first line on stdout; rejects with stderr when the process ends without one. */
export function firstLine(spawned: Spawned): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer)
      reject(new Error(`${what}\nstdout: ${spawned.stdout()}\nstderr: ${spawned.stderr()}`))
    }
    const timer = setTimeout(() => {
      spawned.child.kill('SIGKILL')
      fail(`No ready line within ${START_TIMEOUT_MS} ms.`)
    }, START_TIMEOUT_MS)
    const look = () => {
      const [line, rest] = spawned.stdout().split('\n', 2)
      if (line === undefined || rest === undefined) return
      clearTimeout(timer)
      resolve(line)
    }
    spawned.child.stdout?.on('data', look)
    spawned.exitCode.then((code) => fail(`The host ended with code ${code} before it was ready.`), reject)
  })
}
