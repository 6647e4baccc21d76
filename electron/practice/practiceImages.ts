import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { ultrasoundClip } from '#electron/demo/ultrasoundClip.ts'
import { xrayPhantom } from '#electron/demo/xrayPhantom.ts'
import type { Order } from '#shared/contract/order.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { DEVICE_AE_TITLE, PRACTICE_ISSUER } from './practiceNames.ts'

export const CT_SLICES = 40
const XRAY = new Set(['DX', 'CR', 'RG', 'DR', 'RF', 'PX', 'IO', 'MG'])

/** How many images an examination of this kind has; 0 for what the device cannot make. */
export function imagesOf(modality: string): number {
  if (modality === 'CT') return CT_SLICES
  return XRAY.has(modality) || modality === 'US' ? 1 : 0
}

/** What the device makes of a worklist entry, with all that the entry told it. */
export function* practiceImages(order: Order, now: Date): Iterable<DataSet> {
  const input = { common: commonOf(order, now), studyInstanceUID: order.studyInstanceUID, seed: newUID() }
  if (order.request.modality === 'CT') yield* ctPhantom({ ...input, slices: CT_SLICES })
  else if (order.request.modality === 'US') yield ultrasoundClip(input)
  else yield xrayPhantom(input)
}

function commonOf({ patient, request, accessionNumber, requestedProcedureID }: Order, now: Date): DataSet {
  const day = dateOf(now)
  const time = now.toTimeString().slice(0, 8).replaceAll(':', '')
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    ...{ StudyDate: day, SeriesDate: day, AcquisitionDate: day, ContentDate: day },
    ...{ StudyTime: time, SeriesTime: time, AcquisitionTime: time, ContentTime: time },
    AccessionNumber: accessionNumber,
    Manufacturer: 'Negatoscope',
    ManufacturerModelName: 'Practice device',
    InstitutionName: 'Practice',
    StationName: DEVICE_AE_TITLE,
    ReferringPhysicianName: request.requestedBy,
    StudyID: requestedProcedureID,
    StudyDescription: request.procedure,
    PatientName: patient.patientName,
    PatientID: patient.patientId,
    IssuerOfPatientID: patient.issuerOfPatientId || PRACTICE_ISSUER,
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    ...(patient.kind === 'animal' ? animalOf(patient) : {}),
    PatientComments: 'Made by a generator for practice. No patient was examined.',
    // (0010,0200): not a patient. C.7.1.1 knows no other mark for test data.
    QualityControlSubject: 'YES',
  }
}

function animalOf({ neutered, species, speciesCode, breed, responsiblePerson }: Order['patient']): DataSet {
  return {
    AnatomicalOrientationType: 'QUADRUPED',
    PatientSexNeutered: neutered,
    PatientSpeciesDescription: species,
    PatientSpeciesCodeSequence: speciesCode
      ? [
          {
            CodeValue: speciesCode.value,
            CodingSchemeDesignator: speciesCode.scheme,
            CodeMeaning: speciesCode.meaning,
          },
        ]
      : [],
    PatientBreedDescription: breed,
    ...(responsiblePerson === '' ? {} : { ResponsiblePerson: responsiblePerson, ResponsiblePersonRole: 'OWNER' }),
  }
}
