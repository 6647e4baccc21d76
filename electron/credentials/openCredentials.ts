import { join } from 'node:path'
import { z } from 'zod'
import type { KeySeal } from '#electron/certificates/keySeal.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { CredentialsView } from '#shared/contract/rest.ts'
import { passphraseSeal } from './passphraseSeal.ts'

export interface CredentialsOptions {
  dataFolder: string
  /** The password store of the system, where the host can reach one. */
  seal: KeySeal | undefined
  /** Of the environment, where there is no such store; '' = none. */
  passphrase: string
}

/** Passwords and tokens of servers: sealed on disk, in clear only on their way to the one web site that they are for. */
export interface Credentials {
  view(): CredentialsView
  /** '' forgets it. Throws ApiError with a sentence where nothing can keep it. */
  keep(serverId: number, origin: string, secret: string): Promise<void>
  /** Undefined where none is kept for this server at this web site, or it cannot be unlocked. */
  secretFor(serverId: number, origin: string): Promise<string | undefined>
  /** Why the one that is kept cannot be unlocked; '' where none is kept, or it can. */
  lockedWhy(serverId: number, origin: string): string
  /** Forgets those of servers that are gone. */
  prune(serverIds: readonly number[]): void
  readonly notice: string | undefined
}

const entry = z.object({ serverId: z.number().int(), origin: z.string().max(1000), sealed: z.string().max(20_000) })
const stored = z.object({
  sealedBy: z.enum(['system', 'passphrase']),
  /** A known text, sealed: whether what opens the entries is the same as then. */
  check: z.string().max(2000),
  entries: z.array(entry).max(10_000),
})
const content = z.object({ serverId: z.number().int(), origin: z.string(), secret: z.string() })
const CHECK = 'negatoscope'

export const PASSPHRASE_VARIABLE = 'NEGATOSCOPE_PASSPHRASE'

export async function openCredentials({ dataFolder, seal, passphrase }: CredentialsOptions): Promise<Credentials> {
  const file = openConfigFile(join(dataFolder, 'config', 'credentials.json'), stored)
  const sealedBy = seal ? 'system' : 'passphrase'
  const box = seal ?? (passphrase === '' ? undefined : passphraseSeal(passphrase))
  let kept = file.value
  let problem = await problemOf()

  async function problemOf(): Promise<string> {
    if (!box) return kept && kept.entries.length > 0 ? LOCKED : NOWHERE
    if (!kept || kept.entries.length === 0) return ''
    if (kept.sealedBy !== sealedBy) return kept.sealedBy === 'passphrase' ? LOCKED : ELSEWHERE
    const text = await box.open(Buffer.from(kept.check, 'base64')).catch(() => '')
    return text === CHECK ? '' : sealedBy === 'passphrase' ? OTHER_PASSPHRASE : ELSEWHERE
  }
  const write = (next: z.infer<typeof stored>) => {
    file.write(next)
    kept = next
  }
  const others = (serverId: number) => kept?.entries.filter((one) => one.serverId !== serverId) ?? []

  return {
    // Nobody may look at the page of a host that starts by itself.
    notice: file.notice ?? (kept && kept.entries.length > 0 && problem !== '' ? problem : undefined),
    view: () => ({
      kept: box && problem === '' ? `In ${join(dataFolder, 'config')}, locked by ${box.name}.` : '',
      problem,
      servers: (kept?.entries ?? []).map(({ serverId, origin }) => ({ serverId, origin })),
    }),
    async keep(serverId, origin, secret) {
      if (secret === '') {
        if (kept) write({ ...kept, entries: others(serverId) })
        problem = await problemOf()
        return
      }
      if (!box || problem !== '') throw new ApiError('invalid-input', problem)
      const sealed = await sealText(JSON.stringify({ serverId, origin, secret }))
      const isFirst = !kept || kept.entries.length === 0
      const check = isFirst || !kept ? await sealText(CHECK) : kept.check
      write({ sealedBy, check, entries: [...others(serverId), { serverId, origin, sealed }] })
    },
    async secretFor(serverId, origin) {
      const found = kept?.entries.find((one) => one.serverId === serverId && one.origin === origin)
      if (!box || !found || problem !== '') return undefined
      try {
        const opened = content.parse(JSON.parse(await box.open(Buffer.from(found.sealed, 'base64'))))
        // What stands beside it in the file is not sealed: only what is counts.
        return opened.serverId === serverId && opened.origin === origin ? opened.secret : undefined
      } catch {
        return undefined
      }
    },
    lockedWhy: (serverId, origin) =>
      kept?.entries.some((one) => one.serverId === serverId && one.origin === origin) ? problem : '',
    prune(serverIds) {
      const entries = kept?.entries.filter(({ serverId }) => serverIds.includes(serverId)) ?? []
      if (kept && entries.length < kept.entries.length) write({ ...kept, entries })
    },
  }

  async function sealText(text: string): Promise<string> {
    if (!box) throw new ApiError('invalid-input', NOWHERE)
    return (await box.seal(text)).toString('base64')
  }
}

const NOWHERE = `No password can be kept: this workstation has no password store of the system. Its administrator starts it with a passphrase in the environment variable ${PASSPHRASE_VARIABLE}.`
const LOCKED = `The passwords are locked with a passphrase that was not given. The administrator of this workstation starts it with ${PASSPHRASE_VARIABLE} set.`
const OTHER_PASSPHRASE = `The passwords were locked with another passphrase than the one in ${PASSPHRASE_VARIABLE}. Its administrator starts it with the right one, or every password is removed and typed again.`
const ELSEWHERE =
  'The passwords were locked by another computer or user, and cannot be opened here. Remove each and type it again.'
