import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
const bin = join(root, 'node_modules', '.bin')

/** Runs a program of node_modules/.bin (or of the system) with its output shown; resolves with its exit code. */
export function step(program: string, args: string[], environment: Record<string, string> = {}): Promise<number> {
  return codeOf(program, begin(program, args, { stdio: 'inherit' }, environment), 'close')
}

const KEPT_CHARACTERS = 20_000

/**
 * The same where nobody sits at a terminal, and keeps the end of what was printed. A runner that is done but does not
 * end, for something that its tests started holds it, is ended: its code is then 0, and what it said must be read.
 */
export async function stepHeard(
  program: string,
  args: string[],
  isDone: () => boolean = () => false,
  graceMs = 60_000,
): Promise<{ code: number; end: string; isStuck: boolean }> {
  const child = begin(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let end = ''
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.setEncoding('utf8').on('data', (text: string) => {
      end = (end + text).slice(-KEPT_CHARACTERS)
      to.write(text)
    })
  }
  let doneSince: number | undefined
  let isStuck = false
  const watch = setInterval(() => {
    doneSince ??= isDone() ? Date.now() : undefined
    if (doneSince === undefined || Date.now() - doneSince < graceMs) return
    isStuck = true
    child.kill('SIGKILL')
  }, 500)
  const code = await codeOf(program, child, 'exit')
  clearInterval(watch)
  return { code: isStuck ? 0 : code, end, isStuck }
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
