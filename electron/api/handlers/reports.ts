import { listReports } from '#electron/reports/listReports.ts'
import { writeReports } from '#electron/reports/writeReports.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'archive' | 'transfers'>

export function reportHandlers({ archive, transfers }: Parts): Handlers<WorkstationContract>['reports'] {
  return {
    list: ({ studyIds }) => listReports(archive, studyIds),
    write: ({ studyId }) => writeReports({ archive, transfers }, studyId),
  }
}
