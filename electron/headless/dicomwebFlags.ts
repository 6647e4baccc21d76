import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { FlagError } from './flagError.ts'

export const dicomwebOptions = {
  'dicomweb-port': { type: 'string' },
  'dicomweb-bind': { type: 'string' },
  'dicomweb-tls': { type: 'boolean' },
  'dicomweb-allow': { type: 'string' },
  'dicomweb-store': { type: 'boolean' },
  'dicomweb-users': { type: 'string' },
} as const

interface DicomwebValues {
  'dicomweb-port'?: string | undefined
  'dicomweb-bind'?: string | undefined
  'dicomweb-tls'?: boolean | undefined
  'dicomweb-allow'?: string | undefined
  'dicomweb-store'?: boolean | undefined
  'dicomweb-users'?: string | undefined
}

export interface DicomwebFlags {
  settings: SettingsOverrides
  /** Names and passwords of the file; hashed before anything is opened, and never written down. */
  users: { name: string; password: string }[]
}

const PASSWORD_MIN = 8

/** `--dicomweb-port` switches the server on; the others say how. */
export function readDicomwebFlags(values: DicomwebValues, port: (flag: string, text: string) => number): DicomwebFlags {
  const own = values['dicomweb-port']
  const others = Object.keys(dicomwebOptions).filter((name) => values[name as keyof DicomwebValues] !== undefined)
  if (own === undefined && others.length > 0) throw new FlagError(`--${others[0]} goes with --dicomweb-port.`)
  if (own === undefined) return { settings: {}, users: [] }
  const bind = values['dicomweb-bind']
  if (bind !== undefined && isIP(bind) === 0)
    throw new FlagError(`--dicomweb-bind is an IPv4 or IPv6 address of this computer, not "${bind}".`)
  const allow = values['dicomweb-allow']
  if (allow !== undefined && allow !== 'unencrypted')
    throw new FlagError(`--dicomweb-allow is "unencrypted", not "${allow}".`)
  return {
    settings: {
      dicomwebServer: true,
      dicomwebPort: port('--dicomweb-port', own),
      dicomwebAddress: bind,
      dicomwebTls: values['dicomweb-tls'],
      dicomwebUnencrypted: allow === undefined ? undefined : true,
      dicomwebStore: values['dicomweb-store'],
    },
    users: usersFrom(values['dicomweb-users']),
  }
}

/** One line a user, `name:password`: on the command line itself every program of the computer could read it. */
function usersFrom(file: string | undefined): DicomwebFlags['users'] {
  if (file === undefined) return []
  const lines = readLines(file).filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const at = line.indexOf(':')
    const [name, password] = [line.slice(0, at).trim(), line.slice(at + 1)]
    if (at < 1 || name === '' || password.length < PASSWORD_MIN)
      throw new FlagError(
        `--dicomweb-users: each line of ${file} is name:password, with at least ${PASSWORD_MIN} characters.`,
      )
    return { name, password }
  })
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch (error) {
    throw new FlagError(`--dicomweb-users: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
