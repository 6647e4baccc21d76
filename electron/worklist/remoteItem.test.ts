import { expect, test } from 'vitest'
import { itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { remoteItem, worklistKeys } from './remoteItem.ts'

const days = { from: '20261121', to: '20261122' }

test('a worklist is asked for days, kind of device, station, name, ID and accession number, as keys of the standard', () => {
  const keys = worklistKeys({
    ...{
      ...days,
      stationAETitle: 'CT1',
      modality: 'CT',
      patientName: 'Sato, R',
      patientId: 'V1',
      accessionNumber: 'A1',
    },
  })
  expect(keys).toMatchObject({ PatientName: 'Sato^R*', PatientID: 'V1', AccessionNumber: 'A1' })
  expect(itemsIn(keys, 'ScheduledProcedureStepSequence')).toMatchObject([
    { Modality: 'CT', ScheduledStationAETitle: 'CT1', ScheduledProcedureStepStartDate: '20261121-20261122' },
  ])
  // A matching key that is there and empty matches all: nothing but text is asked for (an empty US would be sent as 0).
  expect(textIn(worklistKeys(days), 'PatientName')).toBe('')
  const nameKey = (patientName: string) => textIn(worklistKeys({ ...days, patientName }), 'PatientName')
  expect(['*rex', 'Rex', 'Sato^'].map(nameKey)).toEqual(['*rex', '*Rex*', 'Sato^*'])
})

test('an age that a server says comes along, one that is none does not', () => {
  const entry = (PatientAge: string) => ({
    ...{ PatientName: 'Sato^Rex', StudyInstanceUID: '1.2.3', PatientAge },
    ScheduledProcedureStepSequence: [{ Modality: 'DX', ScheduledProcedureStepStartDate: '20261121' }],
  })
  const ageOf = (age: string) => remoteItem({ serverId: 1, name: 'Clinic' }, entry(age))?.content.patient.age
  expect([ageOf('005Y'), ageOf('five')]).toEqual(['005Y', ''])
})
