import { join } from 'node:path'
import { z } from 'zod'
import { isToken, newToken } from '#electron/hl7/orderToken.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'

const stored = z.object({
  secrets: z.array(z.object({ serverId: z.number().int(), hash: z.string().regex(/^[0-9a-f]{64}$/) })).max(10_000),
})

/** R044: by which secret each server says who it is. Only hashes are kept, so that none can be read back. */
export interface SecretFile {
  has(serverId: number): boolean
  make(serverId: number): string
  forget(serverId: number): void
  /** Whose secret it is, of these servers. Takes the same time whoever it is, and for nobody. */
  owner(secret: string, serverIds: readonly number[]): number | undefined
  readonly notice: string | undefined
}

/** Forgets those of servers that are gone. */
export function openSecretFile(dataFolder: string, serverIds: readonly number[]): SecretFile {
  const file = openConfigFile(join(dataFolder, 'config', 'notification-secrets.json'), stored)
  let hashes = new Map(file.value?.secrets.map(({ serverId, hash }) => [serverId, hash]))
  const write = (next: Map<number, string>) => {
    file.write({ secrets: [...next].map(([serverId, hash]) => ({ serverId, hash })) })
    hashes = next
  }
  const here = new Set(serverIds)
  if ([...hashes.keys()].some((serverId) => !here.has(serverId)))
    write(new Map([...hashes].filter(([serverId]) => here.has(serverId))))
  return {
    notice: file.notice,
    has: (serverId) => hashes.has(serverId),
    make(serverId) {
      const { token, hash } = newToken()
      write(new Map(hashes).set(serverId, hash))
      return token
    },
    forget(serverId) {
      if (hashes.has(serverId)) write(new Map([...hashes].filter(([other]) => other !== serverId)))
    },
    owner(secret, among) {
      let owner: number | undefined
      // Every one is compared, so that time does not tell which came close.
      for (const serverId of among) if (isToken(secret, hashes.get(serverId) ?? '')) owner = serverId
      return owner
    },
  }
}
