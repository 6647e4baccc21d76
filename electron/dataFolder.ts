import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where this user's workstation keeps everything: the given folder, else the system's usual place for application data. */
export function dataFolder(given: string | undefined): string {
  if (given !== undefined) return resolve(given)
  if (process.platform === 'win32')
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Negatoscope')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Negatoscope')
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'negatoscope')
}
