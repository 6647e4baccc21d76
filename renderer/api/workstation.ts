import type { CertificatesView } from '#shared/contract/certificates.ts'
import type { DevicesView } from '#shared/contract/devices.ts'
import type { DicomwebServerView } from '#shared/contract/dicomwebServer.ts'
import type { NoticePreferences } from '#shared/contract/notices.ts'
import type { NotificationsView } from '#shared/contract/notifications.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { SettingsView, Status } from '#shared/contract/settings.ts'
import type { SiteProfileView } from '#shared/contract/siteProfile.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import type { ViewerPreferences } from '#shared/contract/viewer.ts'
import { client } from './client.ts'
import { sharedStream } from './sharedStream.ts'

const latest = <Item>(_: Item | undefined, item: Item): Item | undefined => item

const statusStream = sharedStream<Status, Status | undefined>(
  (signal) => client.settings.status({}, { signal }),
  undefined,
  latest,
)
const settingsStream = sharedStream<SettingsView, SettingsView | undefined>(
  (signal) => client.settings.watch({}, { signal }),
  undefined,
  latest,
)
const serversStream = sharedStream<ServerRow[], ServerRow[] | undefined>(
  (signal) => client.servers.watch({}, { signal }),
  undefined,
  latest,
)
const devicesStream = sharedStream<DevicesView, DevicesView | undefined>(
  (signal) => client.devices.watch({}, { signal }),
  undefined,
  latest,
)
const certificatesStream = sharedStream<CertificatesView, CertificatesView | undefined>(
  (signal) => client.certificates.watch({}, { signal }),
  undefined,
  latest,
)
const siteStream = sharedStream<SiteProfileView, SiteProfileView | undefined>(
  (signal) => client.site.watch({}, { signal }),
  undefined,
  latest,
)
const dicomwebStream = sharedStream<DicomwebServerView, DicomwebServerView | undefined>(
  (signal) => client.dicomwebServer.watch({}, { signal }),
  undefined,
  latest,
)
const notificationsStream = sharedStream<NotificationsView, NotificationsView | undefined>(
  (signal) => client.notifications.watch({}, { signal }),
  undefined,
  latest,
)
const noticePreferencesStream = sharedStream<NoticePreferences, NoticePreferences | undefined>(
  (signal) => client.notices.preferences({}, { signal }),
  undefined,
  latest,
)
const viewerStream = sharedStream<ViewerPreferences, ViewerPreferences | undefined>(
  (signal) => client.viewer.watch({}, { signal }),
  undefined,
  latest,
)
const transfersStream = sharedStream<
  { rows: TransferRow[]; removed: string[]; snapshot: boolean },
  readonly TransferRow[] | undefined
>(
  (signal) => client.transfers.watch({}, { signal }),
  undefined,
  (known, item) => {
    const rows = new Map((item.snapshot ? [] : (known ?? [])).map((row) => [row.transferId, row]))
    for (const row of item.rows) rows.set(row.transferId, row)
    for (const transferId of item.removed) rows.delete(transferId)
    return [...rows.values()]
  },
)

/** Listening state, what arrives, disk space; `undefined` until the first answer. */
export const useStatus = statusStream.use
export const useSettings = settingsStream.use
/** Every server in the editor's order. */
export const useServers = serversStream.use
/** What calls us, and who was refused. */
export const useDevices = devicesStream.use
/** Our certificate, and the authorities that we trust. */
export const useCertificates = certificatesStream.use
/** The site profile that is followed, and what is not as it says. */
export const useSite = siteStream.use
/** Servers that tell us of what is new there. */
export const useNotifications = notificationsStream.use
/** Of whom, of what and when one is told. */
export const useNoticePreferences = noticePreferencesStream.use
export const readNoticePreferences = noticePreferencesStream.read
/** Our archive for other viewers: whether it is open, for whom, what was asked. */
export const useDicomwebServer = dicomwebStream.use
/** Hanging protocols and habits of reading. */
export const useViewerPreferences = viewerStream.use
export const readViewerPreferences = viewerStream.read
export const followViewerPreferences = viewerStream.subscribe
/** Every transfer that is kept. */
export const useTransfers = transfersStream.use
/** Outside a component: every transfer, at each change. Returns how to stop. */
export function followTransfers(listener: (rows: readonly TransferRow[]) => void): () => void {
  return transfersStream.subscribe(() => listener(transfersStream.read() ?? []))
}
