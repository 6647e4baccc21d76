import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ports below are the system's. */
const LEAST = 1024

const fileIn = (dataFolder: string) => join(dataFolder, 'config', 'page-port')

/** The port that the page had the last time. */
export function lastPagePort(dataFolder: string): number | undefined {
  try {
    const port = Number(readFileSync(fileIn(dataFolder), 'utf8').trim())
    return Number.isInteger(port) && port >= LEAST && port <= 65535 ? port : undefined
  } catch {
    return undefined
  }
}

/** For the next start; without it the page comes up on another one, and nothing else is lost. */
export function keepPagePort(dataFolder: string, port: number): void {
  try {
    mkdirSync(join(dataFolder, 'config'), { recursive: true })
    writeFileSync(fileIn(dataFolder), `${port}\n`)
  } catch {
    // A folder that cannot be written is said elsewhere.
  }
}
