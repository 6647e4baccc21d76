import { associations } from './associations.ts'
import { certificates } from './certificates.ts'
import { devices } from './devices.ts'
import { diagnosis } from './diagnosis.ts'
import { dicomwebServer } from './dicomwebServer.ts'
import { measurements } from './measurements.ts'
import { notices } from './notices.ts'
import { notifications } from './notifications.ts'
import type { Contract } from './operation.ts'
import { practice } from './practice.ts'
import { quarantine } from './quarantine.ts'
import { reports } from './reports.ts'
import { rules } from './rules.ts'
import { servers } from './servers.ts'
import { settings } from './settings.ts'
import { site } from './siteProfile.ts'
import { studies } from './studies.ts'
import { transfers } from './transfers.ts'
import { viewer } from './viewer.ts'
import { worklist } from './worklist.ts'

/** Everything that the page may ask of the workstation. What is not here cannot be asked. */
export const contract = {
  associations,
  studies,
  measurements,
  reports,
  viewer,
  rules,
  notices,
  notifications,
  servers,
  devices,
  diagnosis,
  dicomwebServer,
  transfers,
  quarantine,
  practice,
  settings,
  site,
  certificates,
  worklist,
} satisfies Contract
export type WorkstationContract = typeof contract
