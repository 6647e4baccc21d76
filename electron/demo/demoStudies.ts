import { dateOf } from '#shared/dicom/dateTime.ts'
import { ctPhantom } from './ctPhantom.ts'
import type { DataSet } from './dataSet.ts'
import { derivedUID } from './derivedUID.ts'
import { ultrasoundClip } from './ultrasoundClip.ts'
import { writePart10 } from './writePart10.ts'
import { xrayPhantom } from './xrayPhantom.ts'

const MADE_HERE = 'Made by a generator. No patient was examined.'

interface Patient {
  name: string
  id: string
  sex: string
  birthYear: number
  animal: DataSet
}

const BELLA: Patient = {
  name: 'Demo^Bella',
  id: 'DEMO-001',
  sex: 'F',
  birthYear: 2018,
  animal: {
    AnatomicalOrientationType: 'QUADRUPED',
    PatientSexNeutered: 'ALTERED',
    ...species('Canis lupus familiaris', '448771007', 'Canis lupus familiaris (domestic dog)'),
    PatientBreedDescription: 'Labrador Retriever',
    ...owner('Demo^Owner A'),
  },
}

const MILO: Patient = {
  name: 'Demo^Milo',
  id: 'DEMO-002',
  sex: 'M',
  birthYear: 2021,
  animal: {
    AnatomicalOrientationType: 'QUADRUPED',
    PatientSexNeutered: 'ALTERED',
    ...species('Felis catus', '448169003', 'Felis catus (domestic cat)'),
    PatientBreedDescription: 'Domestic Shorthair',
    ...owner('Demo^Owner B'),
  },
}

const ROBIN: Patient = {
  name: 'Demo^Robin',
  id: 'DEMO-003',
  sex: 'O',
  birthYear: 1984,
  animal: species('Homo sapiens', '337915000', 'Homo sapiens'),
}

/** Three studies of test patients for a first look; the same files all day long, so that adding them twice changes nothing. */
export function* demoStudies(today: Date = new Date()): Iterable<{ name: string; bytes: Uint8Array }> {
  const day = dateOf(today)
  const ct = study(BELLA, day, '081500', {
    id: '1',
    accession: 'DEMO-A1',
    description: 'Thorax, with calibration bottle',
  })
  let slice = 0
  for (const dataSet of ctPhantom({ ...ct, seed: `${day}/ct` }))
    yield { name: `ct/${`${++slice}`.padStart(4, '0')}.dcm`, bytes: writePart10({ dataSet }) }
  const dx = study(MILO, day, '084000', { id: '2', accession: 'DEMO-A2', description: 'Thorax, with ruler' })
  yield { name: 'dx/0001.dcm', bytes: writePart10({ dataSet: xrayPhantom({ ...dx, seed: `${day}/dx` }) }) }
  const us = study(ROBIN, day, '090500', { id: '3', accession: 'DEMO-A3', description: 'Abdomen, clip' })
  yield { name: 'us/0001.dcm', bytes: writePart10({ dataSet: ultrasoundClip({ ...us, seed: `${day}/us` }) }) }
}

function study(
  patient: Patient,
  day: string,
  time: string,
  { id, accession, description }: { id: string; accession: string; description: string },
): { common: DataSet; studyInstanceUID: string } {
  const common: DataSet = {
    SpecificCharacterSet: 'ISO_IR 192',
    StudyDate: day,
    SeriesDate: day,
    AcquisitionDate: day,
    ContentDate: day,
    StudyTime: time,
    SeriesTime: time,
    AcquisitionTime: time,
    ContentTime: time,
    AccessionNumber: accession,
    Manufacturer: 'Negatoscope',
    ManufacturerModelName: 'Demo generator',
    InstitutionName: 'Demo data',
    ReferringPhysicianName: null,
    StudyID: id,
    StudyDescription: description,
    PatientName: patient.name,
    PatientID: patient.id,
    IssuerOfPatientID: 'NEGATOSCOPE-DEMO',
    PatientBirthDate: `${patient.birthYear}0401`,
    PatientSex: patient.sex,
    ...patient.animal,
    PatientComments: MADE_HERE,
    // (0010,0200): not a patient. C.7.1.1 knows no other mark for test data.
    QualityControlSubject: 'YES',
  }
  return { common, studyInstanceUID: derivedUID(`${day}/study/${id}`) }
}

function species(description: string, code: string, meaning: string): DataSet {
  return {
    PatientSpeciesDescription: description,
    PatientSpeciesCodeSequence: [{ CodeValue: code, CodingSchemeDesignator: 'SCT', CodeMeaning: meaning }],
  }
}

function owner(name: string): DataSet {
  return { ResponsiblePerson: name, ResponsiblePersonRole: 'OWNER' }
}
