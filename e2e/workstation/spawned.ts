import { type ChildProcess, spawn } from 'node:child_process'
import { killTree } from './processTree.ts'

export interface Spawned {
  child: ChildProcess
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  exitCode: Promise<number | null>
}

/** After a program's end its output is waited for no longer than this: what it left behind may hold the pipe open. */
const OUTPUT_MS = 2000

/** What was started here and has not ended. Whoever forgets it, or fails before it stops it, leaves nothing behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const { pid } of running) if (pid !== undefined) killTree(pid)
})

export interface SpawnOptions {
  cwd?: string
  environment?: Record<string, string>
  /** It is told things by its standard input. */
  input?: boolean
}

/** Starts a program, keeping what it prints. The caller stops it. */
export function start(program: string, args: string[], options: SpawnOptions = {}): Spawned {
  // See docs/adr/0008.
  const flags = program === process.execPath ? ['--no-memory-protection-keys'] : []
  const child = spawn(program, [...flags, ...args], {
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
  running.add(child)
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child)
      reject(error)
    })
    child.once('close', resolve)
    child.once('exit', (code) => {
      running.delete(child)
      setTimeout(resolve, OUTPUT_MS, code).unref()
    })
  })
  exitCode.catch(() => {})
  return { child, stdout: () => stdout, stderr: () => stderr, exitCode }
}

/** Ends a process that we started: asks, and kills what after `graceMs` still hangs. */
export async function stop({ child, exitCode }: Spawned, graceMs = 30_000): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exitCode
  clearTimeout(timer)
}

/** Kills a process that we started and its children, as a power cut does. */
export async function killAll({ child, exitCode }: Spawned): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return
  killTree(child.pid)
  await exitCode
}

const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess) =>
  pid === undefined || exitCode !== null || signalCode !== null

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
