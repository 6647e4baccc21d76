import type { OrderContent } from '#shared/contract/order.ts'
import type { PracticeKind } from '#shared/contract/practice.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import { DEVICE_AE_TITLE, PRACTICE_ISSUER } from './practiceNames.ts'

const patients = [
  { name: 'Practice^Pip', species: 'Dog', breed: 'Beagle', sex: 'F', born: '20200511', owner: 'Practice^Ada' },
  { name: 'Practice^Tango', species: 'Cat', breed: 'Siamese', sex: 'M', born: '20190322', owner: 'Practice^Ben' },
  { name: 'Practice^Quill', species: 'Dog', breed: 'Boxer', sex: 'M', born: '20221104', owner: 'Practice^Cleo' },
] as const
const examinations = {
  ct: { modality: 'CT', procedure: 'Thorax, CT', value: 'CTTHX' },
  xray: { modality: 'DX', procedure: 'Thorax, 2 views', value: 'THX2' },
  ultrasound: { modality: 'US', procedure: 'Abdomen, ultrasound', value: 'USABD' },
} as const

/** A request as the front desk would make it, for a patient who is nobody. `turn` counts on from request to request. */
export function practiceRequest(kind: PracticeKind, turn: number, now: Date): OrderContent {
  const { name, species, breed, sex, born, owner } = patients[turn % patients.length] ?? patients[0]
  const known = SPECIES.find((each) => each.name === species)
  const { modality, procedure, value } = examinations[kind]
  return {
    patient: {
      kind: 'animal',
      patientName: name,
      patientId: `PRACTICE-${(turn % patients.length) + 1}`,
      issuerOfPatientId: PRACTICE_ISSUER,
      birthDate: born,
      age: '',
      sex,
      neutered: 'ALTERED',
      species: known?.description ?? species,
      speciesCode: known?.code ?? null,
      breed,
      breedCode: null,
      breedRegistration: null,
      responsiblePerson: owner,
      microchip: '',
    },
    request: {
      stationAETitle: DEVICE_AE_TITLE,
      modality,
      procedure,
      procedureCode: { value, scheme: '99NGTS', meaning: procedure },
      date: dateOf(now),
      time: `${`${now.getHours()}`.padStart(2, '0')}${`${now.getMinutes()}`.padStart(2, '0')}`,
      priority: 'ROUTINE',
      history: 'For practice. Nobody is examined.',
      requestedBy: '',
    },
  }
}
