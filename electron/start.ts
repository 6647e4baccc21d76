import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { electronRuntime } from './start/electronRuntime.ts'
import { findBrowser } from './start/findBrowser.ts'

/**
 * `npm start`: the desktop window, or, where Electron's runtime cannot be had, the same workstation in the system's
 * browser, or, without a display, its address printed and served until stopped.
 */
async function start(): Promise<void> {
  const args = process.argv.slice(2)
  const electron = await electronRuntime()
  if (electron) {
    const root = fileURLToPath(new URL('..', import.meta.url))
    follow(spawn(electron, [root, ...args], { stdio: 'inherit' }))
    return
  }
  process.stdout.write('Electron’s runtime cannot be had here; the same workstation runs in the browser instead.\n')
  const main = fileURLToPath(new URL('../dist/host/headless.js', import.meta.url))
  const host = spawn(process.execPath, ['--no-memory-protection-keys', main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  follow(host)
  createInterface({ input: host.stdout }).once('line', (line) => void open(addressIn(line)))
}

async function open(url: string | undefined): Promise<void> {
  if (!url) return
  const browser = findBrowser()
  if (browser) {
    process.stdout.write(`Opening ${url}\n`)
    spawn(browser.command, [...browser.args, browser.appMode ? `--app=${url}` : url], {
      stdio: 'ignore',
      detached: true,
    })
      .on('error', () => process.stdout.write(`Open ${url}\n`))
      .unref()
  } else {
    process.stdout.write(`No display here. Open ${url} in a browser on this machine. Ctrl+C stops the workstation.\n`)
  }
}

function addressIn(readyLine: string): string | undefined {
  try {
    const ready = JSON.parse(readyLine) as { event?: unknown; url?: unknown }
    return ready.event === 'ready' && typeof ready.url === 'string' ? ready.url : undefined
  } catch {
    return undefined
  }
}

/** Our life is the child's: signals go down, its exit code comes up. */
function follow(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

await start()
