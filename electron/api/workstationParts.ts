import type { Archive } from '#electron/archive/openArchive.ts'
import type { AssociationLog } from '#electron/associations/associationLog.ts'
import type { Certificates } from '#electron/certificates/openCertificates.ts'
import type { Credentials } from '#electron/credentials/openCredentials.ts'
import type { Devices } from '#electron/devices/openDevices.ts'
import type { Diagnosis } from '#electron/diagnosis/openDiagnosis.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { Dicomweb } from '#electron/dicomweb/openDicomweb.ts'
import type { Calls } from '#electron/dicomweb/routeCalls.ts'
import type { DicomwebServer } from '#electron/dicomwebServer/openDicomwebServer.ts'
import type { RequestsIn } from '#electron/hl7/openRequestsIn.ts'
import type { Listener } from '#electron/listening/listener.ts'
import type { NoticePreferencesStore } from '#electron/notices/noticePreferences.ts'
import type { Notices } from '#electron/notices/notices.ts'
import type { Notifications } from '#electron/notifications/openNotifications.ts'
import type { Pixels } from '#electron/pixels/openPixels.ts'
import type { Practice } from '#electron/practice/openPractice.ts'
import type { Routing } from '#electron/routing/openRouting.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { DailyTrash } from '#electron/settings/dailyTrash.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { ViewerPreferencesStore } from '#electron/settings/viewerPreferences.ts'
import type { SiteProfiles } from '#electron/siteProfile/openSiteProfile.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { FrontDesk } from '#electron/worklist/openFrontDesk.ts'

/** Every service, as the composition root opened them; handlers and the data plane use nothing else. */
export interface WorkstationParts {
  archive: Archive
  node: Remote<NodeApi>
  /** Searches, retrieves and sends, by the way that each server is set to. */
  calls: Calls
  dicomweb: Dicomweb
  credentials: Credentials
  pixels: Pixels
  settings: SettingsStore
  viewerPreferences: ViewerPreferencesStore
  certificates: Certificates
  servers: ServerList
  devices: Devices
  transfers: Transfers
  routing: Routing
  notices: Notices
  noticePreferences: Pick<NoticePreferencesStore, 'current' | 'change' | 'onChange'>
  notifications: Pick<Notifications, 'view' | 'makeSecret' | 'forgetSecret' | 'onChange'>
  siteProfile: SiteProfiles
  diagnosis: Diagnosis
  frontDesk: FrontDesk
  requestsIn: Pick<RequestsIn, 'state' | 'makeToken'>
  dicomwebServer: Pick<DicomwebServer, 'state' | 'users' | 'requests' | 'onChange'>
  associations: Pick<AssociationLog, 'list' | 'details' | 'onChange'>
  listener: Pick<Listener, 'state' | 'onChange' | 'apply'>
  trash: Pick<DailyTrash, 'problem' | 'onChange'>
  practice: Practice
  host: 'desktop' | 'headless'
}
