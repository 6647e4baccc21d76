import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function measurementHandlers({
  archive,
}: Pick<WorkstationParts, 'archive'>): Handlers<WorkstationContract>['measurements'] {
  const { reader, writer } = archive
  return {
    list: ({ studyIds }) => reader.listMeasurements(studyIds),
    save: ({ measurements }) => writer.saveMeasurements(measurements),
    async remove({ measurementIds }) {
      await writer.deleteMeasurements(measurementIds)
      return {}
    },
  }
}
