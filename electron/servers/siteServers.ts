import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import type { ListProblem, ServerFields } from '#shared/contract/servers.ts'
import { decodeText } from '#shared/text/decodeText.ts'
import { readServersIni } from './serversIni.ts'

const LOOK_EVERY_MS = 5000
const MOST_BYTES = 1_000_000

export interface SiteServers {
  file: string
  found: boolean
  servers: ServerFields[]
  problems: ListProblem[]
}

export interface SiteFile {
  current(): SiteServers
  close(): void
}

/** Where an administrator lays the file for everybody on this computer. */
export function usualSiteFile(platform: string = process.platform, environment = process.env): string {
  if (platform === 'win32') return join(environment.ProgramData ?? 'C:\\ProgramData', 'Negatoscope', 'servers.ini')
  if (platform === 'darwin') return '/Library/Application Support/Negatoscope/servers.ini'
  return '/etc/negatoscope/servers.ini'
}

export interface SitePlace {
  file: string
  /** The command line names it, so it must be there. */
  given: boolean
  /** Our own: what is meant where the file names no listen port, also after ours became another. */
  ownPort(): number
  onOwnPort(listener: () => void): () => void
}

/** R020: read at the start, and again whenever it changes. */
export function openSiteFile({ file, given, ownPort, onOwnPort }: SitePlace, onChange: () => void): SiteFile {
  let usedPort = ownPort()
  let current = readSiteFile(file, given, usedPort)
  const look = () => {
    usedPort = ownPort()
    current = readSiteFile(file, given, usedPort, current.servers)
    onChange()
  }
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look)
  const stop = onOwnPort(() => {
    if (ownPort() !== usedPort) look()
  })
  return {
    current: () => current,
    close() {
      stop()
      unwatchFile(file, look)
    },
  }
}

/** `before`: a disk that is gone for a moment, or a file that is being written, takes nobody's servers away. */
export function readSiteFile(file: string, given: boolean, ownPort: number, before: ServerFields[] = []): SiteServers {
  const broken = (reason: string): SiteServers => {
    const kept = before.length > 0 ? ' Its servers stay as they were read last.' : ''
    return { file, found: false, servers: before, problems: [{ where: 'file', reason: reason + kept }] }
  }
  try {
    const status = statSync(file)
    if (!status.isFile()) return broken('It is no file.')
    if (status.size > MOST_BYTES) return broken('It is larger than a list of servers can be.')
    const text = decodeText(readFileSync(file))
    return text === undefined ? broken('It is no text.') : { file, found: true, ...readServersIni(text, ownPort) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') return broken(`It cannot be read (${code ?? 'unknown error'}).`)
    // Taken away on purpose: so are its servers.
    return {
      file,
      found: false,
      servers: [],
      problems: given ? [{ where: 'file', reason: 'There is no such file.' }] : [],
    }
  }
}
