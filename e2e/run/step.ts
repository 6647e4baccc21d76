import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { killTree } from '../workstation/processTree.ts'
import { msLeft } from './deadline.ts'

export const root = join(import.meta.dirname, '..', '..')
const bin = join(root, 'node_modules', '.bin')

/** Runs a program of node_modules/.bin (or of the system) with its output shown; resolves with its exit code. */
export function step(program: string, args: string[], environment: Record<string, string> = {}): Promise<number> {
  return codeOf(program, begin(program, args, { stdio: 'inherit' }, environment), 'close')
}

const KEPT_CHARACTERS = 20_000

/** When a program that does not end by itself is ended, with all that it started. */
export interface Patience {
  /** Its result is there; what it started holds it. */
  isDone?: () => boolean
  /** How long after that. */
  graceMs?: number
  /** It says something at least as often as this; else it hangs. */
  silentMs?: number
  /** So much before `.ci/run` would end it. */
  marginMs?: number
  environment?: Record<string, string>
}

export interface Heard {
  /** 0 where it was done and had to be ended. */
  code: number
  /** Of what it printed. */
  end: string
  /** Why it had to be ended. */
  stuck: 'done' | 'silent' | 'late' | undefined
}

/** The same where nobody sits at a terminal, keeps the end of what was printed, and does not wait for ever. */
export async function stepHeard(program: string, args: string[], patience: Patience = {}): Promise<Heard> {
  const { isDone = () => false, graceMs = 60_000, silentMs = Number.POSITIVE_INFINITY, marginMs = 20_000 } = patience
  const child = begin(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }, patience.environment)
  let end = ''
  let heardAt = Date.now()
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.setEncoding('utf8').on('data', (text: string) => {
      end = (end + text).slice(-KEPT_CHARACTERS)
      heardAt = Date.now()
      to.write(text)
    })
  }
  let doneAt: number | undefined
  let stuck: Heard['stuck']
  const watch = setInterval(() => {
    if (stuck) return
    doneAt ??= isDone() ? Date.now() : undefined
    if (doneAt !== undefined) stuck = Date.now() - doneAt < graceMs ? undefined : 'done'
    else if (Date.now() - heardAt > silentMs) stuck = 'silent'
    else if (msLeft() < marginMs) stuck = 'late'
    if (stuck && child.pid !== undefined) killTree(child.pid)
  }, 500)
  const code = await codeOf(program, child, 'exit')
  clearInterval(watch)
  return { code: stuck === 'done' ? 0 : code, end, stuck }
}

function begin(
  program: string,
  args: string[],
  options: SpawnOptions,
  environment: Record<string, string> = {},
): ChildProcess {
  const PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`
  return spawn(program, args, { cwd: root, ...options, env: { ...process.env, ...environment, PATH } })
}

/** `exit` where what it started may outlive it and hold its output open. */
function codeOf(program: string, child: ChildProcess, when: 'close' | 'exit'): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`)
      resolve(127)
    })
    // What is still in the pipe is read before the next turn but one.
    child.once(when, (code) => setTimeout(resolve, when === 'exit' ? 200 : 0, code ?? 1))
  })
}
