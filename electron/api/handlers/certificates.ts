import { lookAtServer } from '#electron/servers/lookAtServer.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'certificates' | 'node'>

export function certificateHandlers(parts: Parts): Handlers<WorkstationContract>['certificates'] {
  const { certificates, node } = parts
  const { view } = certificates
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => certificates.onChange(notify), take: () => view(), signal }),
    async create({ commonName, names, years }) {
      await certificates.create({ commonName, names }, years)
      return view()
    },
    async importOwn({ files, password }) {
      await certificates.importOwn(files.map(bytesOf), password)
      return view()
    },
    removeOwn() {
      certificates.removeOwn()
      return view()
    },
    exportOwn: () => ({ pem: certificates.exportOwn() }),
    request: async ({ commonName, names }) => ({ pem: await certificates.request({ commonName, names }) }),
    addAuthorities: ({ file }) => certificates.addAuthorities(bytesOf(file)),
    removeAuthority({ fingerprint }) {
      certificates.removeAuthority(fingerprint)
      return {}
    },
    exportAuthority: ({ fingerprint }) => ({ pem: certificates.exportAuthority(fingerprint) }),
    look: (place, { signal }) => lookAtServer(node, place, signal),
  }
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}
