import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface Spawned {
  child: ChildProcess
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  exitCode: Promise<number | null>
}

export interface SpawnOptions {
  cwd?: string
  environment?: Record<string, string>
  /** It is told things by its standard input. */
  input?: boolean
}

/** Starts a program, keeping what it prints. The caller stops it. */
export function start(program: string, args: string[], options: SpawnOptions = {}): Spawned {
  const child = spawn(program, args, {
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    // Debian's DCMTK leaves Nagle's algorithm on, which costs 50 ms an instance.
    env: { ...process.env, TCP_NODELAY: '1', ...options.environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  exitCode.catch(() => {})
  return { child, stdout: () => stdout, stderr: () => stderr, exitCode }
}

/** Ends a process that we started: asks, and after `graceMs` kills. */
export async function stop({ child }: Spawned, graceMs = 5000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await closed
  clearTimeout(timer)
}

/** Kills a process that we started and its children, as a power cut does. */
export async function killAll({ child, exitCode }: Spawned): Promise<void> {
  const { pid } = child
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  for (const one of [pid, ...children.filter((text) => text !== '').map(Number)]) process.kill(one, 'SIGKILL')
  await exitCode
}

/** Runs a program to its end; kills it, and fails, after `timeoutMs`. */
export async function run(
  program: string,
  args: string[],
  { timeoutMs = 60_000, ...options }: SpawnOptions & { timeoutMs?: number } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const spawned = start(program, args, options)
  const timer = setTimeout(() => spawned.child.kill('SIGKILL'), timeoutMs)
  try {
    const code = await spawned.exitCode
    return { code, stdout: spawned.stdout(), stderr: spawned.stderr() }
  } finally {
    clearTimeout(timer)
  }
}
