import { execFile, spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'

/** Whether DCMTK's command line tools are installed; tests against them are visibly skipped elsewhere. */
export const hasDcmtk = spawnSync('storescp', ['--version'], { stdio: 'ignore' }).status === 0

const environment = { ...process.env, TCP_NODELAY: '1' }

export interface ToolResult {
  code: number
  output: string
}

export function runTool(tool: string, args: string[]): Promise<ToolResult> {
  return new Promise((resolve) => {
    execFile(
      tool,
      args,
      { env: environment, timeout: 60_000, killSignal: 'SIGKILL', maxBuffer: 64e6 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
      },
    )
  })
}

/** Starts a tool that listens on `port`; resolves when it does. */
export async function startTool(tool: string, args: string[], port: number): Promise<{ stop(): Promise<void> }> {
  const child = spawn(tool, args, { env: environment, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const deadline = performance.now() + 60_000
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`${tool} does not listen on ${port}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    async stop() {
      child.kill()
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
