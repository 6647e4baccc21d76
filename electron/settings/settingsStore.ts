import { join } from 'node:path'
import { z } from 'zod'
import { acceptShape, checksOf } from '#shared/contract/callerChecks.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { type Settings, settingsShape } from '#shared/contract/settings.ts'
import { Changes } from './changes.ts'
import { openConfigFile } from './configFile.ts'
import type { Locks } from './locks.ts'
import { salvageSettings } from './salvageSettings.ts'

/** Given on the command line: it wins for as long as this process runs and is never written down. */
export type SettingsOverrides = { [Key in keyof Settings]?: Settings[Key] | undefined }

export interface SettingsStore {
  current(): Settings
  /** A person, or the command line, said under which name and port we listen. */
  confirmed(): boolean
  readonly fixed: (keyof Settings)[]
  /** Of those, what the command line fixed. */
  readonly given: readonly (keyof Settings)[]
  /** What the site profile says. What the command line gave stays as it is. */
  adopt(settings: SettingsOverrides): void
  update(patch: { [Key in keyof Settings]?: Settings[Key] | undefined }): void
  confirm(): void
  onChange(listener: () => void): () => void
  /** What a person should know of the file as it was found. */
  readonly notice: string | undefined
  /** The same, until somebody has changed a setting; '' when all is well. */
  problem(): string
}

/**
 * R052: default port 11112, IANA's for DICOM. R065, R069: only who is known may call, until a person says otherwise; so for
 * Query/Retrieve. R055, R056 and R124 to R126 give the limits.
 */
export const DEFAULT_SETTINGS: Settings = {
  aeTitle: 'NEGATOSCOPE',
  dicomPort: 11112,
  bindAddress: '',
  plainListener: true,
  tlsListener: false,
  tlsPort: 2762,
  tlsClientCertificates: 'none',
  ...checksOf('known'),
  answerUnknownEcho: false,
  answerStorage: true,
  answerQueryRetrieve: false,
  answerStorageCommitment: true,
  answerWorklist: false,
  answerPerformedSteps: false,
  hl7Listener: false,
  hl7Port: 2575,
  requestFolder: '',
  restOrders: false,
  restPort: 2580,
  restTokenHash: '',
  dicomwebServer: false,
  dicomwebPort: 8044,
  dicomwebAddress: '127.0.0.1',
  dicomwebTls: false,
  dicomwebUnencrypted: false,
  dicomwebStore: false,
  dicomwebOrigins: [],
  keepReceiving: true,
  notificationPort: 8046,
  notificationTls: false,
  theme: 'dark',
  density: 'normal',
  trashDays: 30,
  minFreeMegabytes: 1024,
  onConflict: 'keep-first',
  unknownClasses: 'store',
  maxPduLength: 131_072,
  maxAssociations: 50,
  dimseTimeoutSeconds: 60,
  requestTimeoutSeconds: 10,
  artimTimeoutSeconds: 30,
  idleTimeoutSeconds: 600,
  socketCloseDelayMs: 1000,
}

const HELD = 'This is set by the site profile that this workstation follows, and cannot be changed here.'

const stored = z.object({
  confirmed: z.boolean(),
  settings: settingsShape
    .partial()
    // Before the checks were switches of their own there were two ways.
    .extend({ accept: acceptShape.optional() })
    .transform(({ accept, ...partial }) => ({
      ...DEFAULT_SETTINGS,
      ...(accept && checksOf(accept)),
      ...withoutUndefined(partial),
    })),
})

export function openSettings(
  dataFolder: string,
  overrides: SettingsOverrides = {},
  locks?: Locks<SettingsOverrides>,
): SettingsStore {
  const file = openConfigFile(join(dataFolder, 'config', 'settings.json'), stored, (json) =>
    salvageSettings(json, DEFAULT_SETTINGS),
  )
  const changes = new Changes()
  const given = withoutUndefined(overrides)
  const byCommandLine = Object.keys(given) as (keyof Settings)[]
  const held = () =>
    (Object.keys(locks?.current() ?? {}) as (keyof Settings)[]).filter((key) => !byCommandLine.includes(key))
  let isSeen = false
  let state = file.value ?? { confirmed: false, settings: DEFAULT_SETTINGS }

  const replace = (next: typeof state) => {
    file.write(next)
    state = next
    changes.tell()
  }
  locks?.onChange(() => changes.tell())
  return {
    get fixed() {
      return [...byCommandLine, ...held()]
    },
    given: byCommandLine,
    adopt(settings) {
      replace({ ...state, settings: { ...state.settings, ...withoutUndefined(settings) } })
    },
    notice: file.notice,
    problem: () => (isSeen ? '' : (file.notice ?? '')),
    current: () => ({ ...state.settings, ...given }),
    confirmed: () => state.confirmed || (given.aeTitle !== undefined && given.dicomPort !== undefined),
    update(patch) {
      const wanted = withoutUndefined(patch)
      const current = { ...state.settings, ...given }
      for (const key of held())
        if (wanted[key] !== undefined && wanted[key] !== current[key])
          throw new ApiError('invalid-input', HELD, { field: key })
      for (const key of byCommandLine) {
        if (wanted[key] !== undefined && wanted[key] !== given[key as keyof SettingsOverrides])
          throw new ApiError(
            'invalid-input',
            'This is set by the command line of the host and cannot be changed here.',
            {
              field: key,
            },
          )
        delete wanted[key]
      }
      // How it looks is changed from everywhere.
      isSeen ||= Object.keys(wanted).some((key) => key !== 'theme' && key !== 'density')
      replace({ ...state, settings: { ...state.settings, ...wanted } })
    },
    confirm: () => replace({ ...state, confirmed: true }),
    onChange: (listener) => changes.onChange(listener),
  }
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>
}
