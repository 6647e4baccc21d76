import type { DataSet } from '#electron/demo/dataSet.ts'
import { IMPLEMENTATION_CLASS_UID } from '#shared/dicom/uid.ts'
import { codeItem, concepts, procedureOf } from './codes.ts'
import { code, container, text, uidReference } from './contentItem.ts'
import { type DocumentInput, documentHead } from './documentHead.ts'
import { measurementGroup, type ReportedMeasurement } from './measurementGroup.ts'

export const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33'
export const COMPREHENSIVE_3D_SR = '1.2.840.10008.5.1.4.1.1.88.34'

/** PS3.16 TID 1500, the root; nobody has verified what it says. */
export function measurementReport(
  input: DocumentInput,
  modality: string,
  measurements: readonly ReportedMeasurement[],
): DataSet {
  return {
    ...documentHead(input),
    ...{ CompletionFlag: 'PARTIAL', VerificationFlag: 'UNVERIFIED', PerformedProcedureCodeSequence: [] },
    ...{
      ValueType: 'CONTAINER',
      ConceptNameCodeSequence: [codeItem(concepts.report)],
      ContinuityOfContent: 'SEPARATE',
    },
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '1500' }],
    ContentSequence: [
      code('HAS CONCEPT MOD', concepts.language, concepts.english),
      code('HAS OBS CONTEXT', concepts.observerType, concepts.device),
      uidReference('HAS OBS CONTEXT', concepts.deviceUID, IMPLEMENTATION_CLASS_UID),
      text('HAS OBS CONTEXT', concepts.deviceName, 'Negatoscope'),
      code('HAS CONCEPT MOD', concepts.procedure, procedureOf(modality)),
      container(
        concepts.measurements,
        measurements.map((measurement, at) => measurementGroup(measurement, at + 1)),
      ),
    ],
  }
}
