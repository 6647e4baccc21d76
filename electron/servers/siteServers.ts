import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import type { ListProblem, ServerFields } from '#shared/contract/servers.ts'
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

/** R020: read at the start, and again whenever it changes. `given`: the command line names it, so it must be there. */
export function openSiteFile(
  { file, given, ownPort }: { file: string; given: boolean; ownPort: number },
  onChange: () => void,
): SiteFile {
  let current = read(file, given, ownPort)
  const look = () => {
    current = read(file, given, ownPort)
    onChange()
  }
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look)
  return { current: () => current, close: () => unwatchFile(file, look) }
}

function read(file: string, given: boolean, ownPort: number): SiteServers {
  let text: string
  try {
    const bytes = readFileSync(file)
    if (bytes.length > MOST_BYTES) return broken(file, 'It is larger than a list of servers can be.')
    text = bytes.toString('utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !given) return { file, found: false, servers: [], problems: [] }
    return broken(
      file,
      code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${code ?? 'unknown error'}).`,
    )
  }
  return { file, found: true, ...readServersIni(text, ownPort) }
}

function broken(file: string, reason: string): SiteServers {
  return { file, found: false, servers: [], problems: [{ where: 'file', reason }] }
}
