import type { ArrivedSeries } from '#electron/archive/worklist/worklistApi.ts'
import type { Order } from '#shared/contract/order.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'

const timeOf = (at: Date): string => at.toTimeString().slice(0, 8).replaceAll(':', '')

/** N-CREATE of a step for an order (PS3.4 Table F.7.2-1); `performedBy` is the AE title under which we act. */
export function begunStep(order: Order, performedBy: string, at: Date): AttributeSet {
  const { patient, request } = order
  return {
    PatientName: patient.patientName,
    PatientID: patient.patientId,
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    ReferencedPatientSequence: [],
    ScheduledStepAttributesSequence: [
      {
        StudyInstanceUID: order.studyInstanceUID,
        ReferencedStudySequence: [],
        AccessionNumber: order.accessionNumber,
        RequestedProcedureID: order.requestedProcedureID,
        RequestedProcedureDescription: request.procedure,
        ScheduledProcedureStepID: order.scheduledProcedureStepID,
        ScheduledProcedureStepDescription: request.procedure,
        ScheduledProtocolCodeSequence: [],
      },
    ],
    PerformedProcedureStepID: `P${order.orderId}`,
    PerformedStationAETitle: request.stationAETitle || performedBy,
    PerformedStationName: '',
    PerformedLocation: '',
    PerformedProcedureStepStartDate: dateOf(at),
    PerformedProcedureStepStartTime: timeOf(at),
    PerformedProcedureStepStatus: 'IN PROGRESS',
    PerformedProcedureStepDescription: request.procedure,
    PerformedProcedureTypeDescription: '',
    ProcedureCodeSequence: [],
    PerformedProcedureStepEndDate: '',
    PerformedProcedureStepEndTime: '',
    Modality: request.modality,
    StudyID: '',
    PerformedProtocolCodeSequence: [],
    PerformedSeriesSequence: [],
  }
}

/** The final N-SET: series and images are those that really arrived. */
export function endedStep(
  state: 'COMPLETED' | 'DISCONTINUED',
  series: readonly ArrivedSeries[],
  retrieveAETitle: string,
  at: Date,
): AttributeSet {
  return {
    PerformedProcedureStepStatus: state,
    PerformedProcedureStepEndDate: dateOf(at),
    PerformedProcedureStepEndTime: timeOf(at),
    PerformedSeriesSequence: series.map(
      ({ seriesInstanceUID, description, protocolName, operatorsName, instances }) => ({
        PerformingPhysicianName: '',
        OperatorsName: operatorsName,
        // Type 1, and many devices leave it empty in their images.
        ProtocolName: protocolName || description || 'Not given',
        SeriesInstanceUID: seriesInstanceUID,
        SeriesDescription: description,
        RetrieveAETitle: retrieveAETitle,
        ReferencedImageSequence: instances.map(({ sopClassUID, sopInstanceUID }) => ({
          ReferencedSOPClassUID: sopClassUID,
          ReferencedSOPInstanceUID: sopInstanceUID,
        })),
        ReferencedNonImageCompositeSOPInstanceSequence: [],
      }),
    ),
  }
}
