import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const DOWNLOAD_TIMEOUT_MS = 180_000

/**
 * Path of Electron's executable; undefined where it cannot be had. The npm package brings no runtime: it downloads one
 * at its first use, which fails at once without a network. Our own installers carry the runtime and never come here.
 */
export async function electronRuntime(): Promise<string | undefined> {
  const folder = packageFolder()
  if (!folder) return undefined
  if (!executable(folder)) await download(folder)
  return executable(folder)
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

function executable(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : undefined
}

function download(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const install = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: DOWNLOAD_TIMEOUT_MS,
    })
    install.on('error', () => resolve())
    install.on('exit', () => resolve())
  })
}
