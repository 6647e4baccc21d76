import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { associationHandlers } from './handlers/associations.ts'
import { certificateHandlers } from './handlers/certificates.ts'
import { deviceHandlers } from './handlers/devices.ts'
import { diagnosisHandlers } from './handlers/diagnosis.ts'
import { dicomwebServerHandlers } from './handlers/dicomwebServer.ts'
import { measurementHandlers } from './handlers/measurements.ts'
import { noticeHandlers } from './handlers/notices.ts'
import { notificationHandlers } from './handlers/notifications.ts'
import { practiceHandlers } from './handlers/practice.ts'
import { quarantineHandlers } from './handlers/quarantine.ts'
import { reportHandlers } from './handlers/reports.ts'
import { ruleHandlers } from './handlers/rules.ts'
import { serverHandlers } from './handlers/servers.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { siteHandlers } from './handlers/site.ts'
import { studyHandlers } from './handlers/studies.ts'
import { transferHandlers } from './handlers/transfers.ts'
import { viewerHandlers } from './handlers/viewer.ts'
import { worklistHandlers } from './handlers/worklist.ts'
import type { WorkstationParts } from './workstationParts.ts'

/** Contract to services; no logic lives here. */
export function handlers(parts: WorkstationParts): Handlers<WorkstationContract> {
  return {
    studies: studyHandlers(parts),
    measurements: measurementHandlers(parts),
    reports: reportHandlers(parts),
    viewer: viewerHandlers(parts),
    rules: ruleHandlers(parts),
    notices: noticeHandlers(parts),
    notifications: notificationHandlers(parts),
    servers: serverHandlers(parts),
    devices: deviceHandlers(parts),
    diagnosis: diagnosisHandlers(parts),
    dicomwebServer: dicomwebServerHandlers(parts),
    transfers: transferHandlers(parts),
    quarantine: quarantineHandlers(parts),
    practice: practiceHandlers(parts),
    settings: settingsHandlers(parts),
    site: siteHandlers(parts),
    associations: associationHandlers(parts),
    certificates: certificateHandlers(parts),
    worklist: worklistHandlers(parts),
  }
}
