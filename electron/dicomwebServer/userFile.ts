import { join } from 'node:path'
import { z } from 'zod'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { hashPassword } from './passwords.ts'
import type { WebUser } from './webApi.ts'

const USERS_MAX = 100

const shape = z.object({
  users: z.array(z.object({ name: z.string().max(64), password: z.string().max(300) })).max(USERS_MAX),
})

export interface UserFile {
  users(): WebUser[]
  /** Given on the command line: they stand beside the others and cannot be changed here. */
  given(): WebUser[]
  save(name: string, password: string): Promise<void>
  remove(name: string): void
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

/** Who may use the DICOMweb server, readable by the user of this program alone; of passwords what scrypt makes of them. */
export function openUserFile(dataFolder: string, given: readonly WebUser[]): UserFile {
  const file = openConfigFile(join(dataFolder, 'config', 'dicomweb-users.json'), shape)
  const changes = new Changes()
  let users = file.value?.users ?? []
  const become = (next: WebUser[]) => {
    file.write({ users: next })
    users = next
    changes.tell()
  }
  const refuseGiven = (name: string) => {
    if (given.some((user) => user.name === name))
      throw new ApiError('invalid-input', `${name} is set by the command line of the host and is changed there.`)
  }
  return {
    notice: file.notice,
    users: () => [...given, ...users.filter(({ name }) => !given.some((user) => user.name === name))],
    given: () => [...given],
    async save(name, password) {
      refuseGiven(name)
      const hash = await hashPassword(password)
      const others = users.filter((user) => user.name !== name)
      if (others.length >= USERS_MAX) throw new ApiError('invalid-input', `At most ${USERS_MAX} users are kept.`)
      become([...others, { name, password: hash }].toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    },
    remove(name) {
      refuseGiven(name)
      if (!users.some((user) => user.name === name))
        throw new ApiError('not-found', `${name} is no longer in the list.`)
      become(users.filter((user) => user.name !== name))
    },
    onChange: (listener) => changes.onChange(listener),
  }
}
