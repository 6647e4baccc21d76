import type { Settings } from '#shared/contract/settings.ts'

/** All interfaces when no address is set. */
export function endpointOf({ bindAddress, dicomPort }: Pick<Settings, 'bindAddress' | 'dicomPort'>) {
  return { host: bindAddress === '' ? undefined : bindAddress, port: dicomPort }
}
