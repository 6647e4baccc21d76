import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { socketWire } from '#electron/headless/socketWire.ts'
import { type Client, createClient } from '#shared/contract/client.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'

export interface PackedHost {
  ready: { event: string; url: string; aeTitle: string; dicomPort: number }
  ask: Client<WorkstationContract>
  data(path: string, init?: RequestInit): Promise<Response>
  /** SIGTERM; the exit code, and how long it took. */
  stop(): Promise<{ code: number | null; elapsedMs: number }>
}

/** Starts the packed headless host with nothing of this repository in reach, and talks to it as its page does. */
export async function startPackedHost(app: string, dataFolder: string): Promise<PackedHost> {
  const host = spawn(
    process.execPath,
    [
      '--no-memory-protection-keys',
      'dist/host/headless.js',
      '--data',
      dataFolder,
      '--ae-title',
      'PACKED',
      '--dicom-port',
      '0',
      '--bind',
      '127.0.0.1',
      '--accept',
      'any',
      '--web-port',
      '0',
    ],
    { cwd: app, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH }, timeout: 300_000 },
  )
  const ended = new Promise<number | null>((resolve) => host.once('exit', resolve))
  const ready = JSON.parse(await firstLine(host)) as PackedHost['ready']
  const stop = async () => {
    const started = performance.now()
    host.kill('SIGTERM')
    const timer = setTimeout(() => host.kill('SIGKILL'), 30_000)
    const code = await ended
    clearTimeout(timer)
    return { code, elapsedMs: performance.now() - started }
  }
  try {
    const { origin, hash } = new URL(ready.url)
    const session = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
    })
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, { headers: { cookie, origin } })
    await once(socket, 'open')
    const ask = createClient(contract, socketWire(socket))
    const data = (path: string, init: RequestInit = {}) =>
      fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, cookie, origin } })
    return { ready, ask, data, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function firstLine(host: ChildProcess): Promise<string> {
  let said = ''
  host.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    if (host.stdout) createInterface({ input: host.stdout }).once('line', resolve)
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}: ${said}`)))
  })
}
