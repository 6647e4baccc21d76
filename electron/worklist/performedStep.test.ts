import { expect, test } from 'vitest'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { changedStep, checkCreate, referencedInstances, StepRefusal } from './performedStep.ts'

const begun: AttributeSet = {
  ScheduledStepAttributesSequence: [{ StudyInstanceUID: '1.2.3', AccessionNumber: 'A1' }],
  PatientID: 'VET0001',
  PerformedProcedureStepID: 'PPS1',
  PerformedStationAETitle: 'CT1',
  PerformedProcedureStepStartDate: '20261121',
  PerformedProcedureStepStartTime: '1000',
  PerformedProcedureStepStatus: 'IN PROGRESS',
  Modality: 'CT',
}
const finished: AttributeSet = {
  PerformedProcedureStepStatus: 'COMPLETED',
  PerformedProcedureStepEndDate: '20261121',
  PerformedProcedureStepEndTime: '1010',
  PerformedSeriesSequence: [
    {
      SeriesInstanceUID: '1.2.3.4',
      ProtocolName: 'THX',
      ReferencedImageSequence: [{ ReferencedSOPInstanceUID: '1.9' }],
    },
  ],
}
const step = { sopInstanceUID: '1.2', state: 'IN PROGRESS' as const, attributes: begun }
const statusOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof StepRefusal ? error.status : error
  }
  return 0
}

test('a step begins in progress, and with all that the standard requires', () => {
  expect(statusOf(() => checkCreate(begun))).toBe(0)
  expect(statusOf(() => checkCreate({ ...begun, PerformedProcedureStepStatus: 'COMPLETED' }))).toBe(0x0106)
  expect(statusOf(() => checkCreate({ ...begun, Modality: '' }))).toBe(0x0121)
  const { Modality: _, ...without } = begun
  expect(statusOf(() => checkCreate(without))).toBe(0x0120)
  expect(statusOf(() => checkCreate({ ...begun, ScheduledStepAttributesSequence: [] }))).toBe(0x0120)
})

test('completed without a series it is refused, discontinued without one it is not', () => {
  expect(statusOf(() => changedStep(step, { ...finished, PerformedSeriesSequence: [] }))).toBe(0x0120)
  const stopped = { ...finished, PerformedProcedureStepStatus: 'DISCONTINUED', PerformedSeriesSequence: [] }
  expect(changedStep(step, stopped).state).toBe('DISCONTINUED')
})

test('a step that has ended stays as it is', () => {
  const done = changedStep(step, finished)
  expect(done.state).toBe('COMPLETED')
  expect(statusOf(() => changedStep(done, finished))).toBe(0x0110)
})

test('a status that the standard does not know is refused, also between two that it knows', () => {
  for (const PerformedProcedureStepStatus of ['SCHEDULED', 'ARRIVED', 'completed', 'DONE'])
    expect(statusOf(() => changedStep(step, { ...finished, PerformedProcedureStepStatus }))).toBe(0x0106)
  expect(statusOf(() => changedStep(step, { ...finished, PerformedProcedureStepEndTime: '' }))).toBe(0x0121)
})

test('whom a step is about cannot be changed, though it may be said again', () => {
  expect(statusOf(() => changedStep(step, { PatientID: 'VET0002' }))).toBe(0x0106)
  expect(statusOf(() => changedStep(step, { PatientID: 'VET0001' }))).toBe(0)
})

test('its images are those of all its series', () => {
  expect(referencedInstances(finished)).toEqual(['1.9'])
})
