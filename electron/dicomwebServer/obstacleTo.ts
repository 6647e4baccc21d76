import type { Settings } from '#shared/contract/settings.ts'
import { isLoopbackAddress } from './http/hostOf.ts'

type Asked = Pick<
  Settings,
  'dicomwebAddress' | 'dicomwebPort' | 'dicomwebTls' | 'dicomwebUnencrypted' | 'dicomPort' | 'tlsPort' | 'tlsListener'
>

/** Why the server is not opened as it is set: images and passwords must not be laid open unseen. '' when all is well. */
export function obstacleTo(
  settings: Asked,
  { hasCertificate, users }: { hasCertificate: boolean; users: number },
): string {
  const { dicomwebAddress: address, dicomwebPort: port } = settings
  if (port !== 0 && (port === settings.dicomPort || (settings.tlsListener && port === settings.tlsPort)))
    return `Port ${port} is the one for DICOM. Choose another one for DICOMweb.`
  if (settings.dicomwebTls && !hasCertificate)
    return 'HTTPS needs a certificate. Make one under Settings, Certificates.'
  if (isLoopbackAddress(address)) return ''
  if (users === 0)
    return 'In the network it answers only to users. Add one below, or let it listen on this computer only.'
  if (!settings.dicomwebTls && !settings.dicomwebUnencrypted)
    return 'In the network it needs HTTPS: without it images and passwords can be read on their way. Switch HTTPS on, or allow it unencrypted in words.'
  return ''
}
