import type { DataSet } from '#electron/demo/dataSet.ts'
import { IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'
import type { ImageReference } from './contentItem.ts'

/** The study that a document belongs to, read from one of its files: text by PS3.6 keyword. */
export type SourceText = (keyword: string) => string

/** An image that a document speaks of, with its series. */
export interface Evidence extends ImageReference {
  seriesInstanceUID: string
}

export interface DocumentInput {
  source: SourceText
  sopClassUID: string
  sopInstanceUID: string
  seriesInstanceUID: string
  modality: 'SR' | 'KO'
  seriesNumber: number
  instanceNumber: number
  seriesDescription: string
  evidence: readonly Evidence[]
  at: Date
}

/** Type 2 of the Patient and General Study modules: there, if need be without a value (PS3.3 C.7.1.1, C.7.2.1). */
const always = [
  ...['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex'],
  ...['StudyDate', 'StudyTime', 'ReferringPhysicianName', 'StudyID', 'AccessionNumber'],
]
const whereSaid = [
  ...['IssuerOfPatientID', 'PatientAge', 'PatientSize', 'PatientWeight', 'StudyDescription', 'InstitutionName'],
  ...['PatientSpeciesDescription', 'PatientBreedDescription', 'PatientSexNeutered', 'ResponsiblePerson'],
  ...['ResponsiblePersonRole', 'ResponsibleOrganization'],
]

/** Of an animal these are type 2C: there, if need be without a value (PS3.3 C.7.1.1). */
const ofAnimals = ['PatientBreedDescription', 'PatientSexNeutered', 'ResponsiblePerson', 'ResponsibleOrganization']

/** Modules that every document has: patient, study, series, equipment, document, evidence. */
export function documentHead(input: DocumentInput): DataSet {
  const { source, modality, at } = input
  const head: DataSet = {}
  for (const keyword of always) head[keyword] = source(keyword) || null
  for (const keyword of whereSaid) if (source(keyword) !== '') head[keyword] = source(keyword)
  if (source('PatientSpeciesDescription') !== '') {
    for (const keyword of ofAnimals) head[keyword] = source(keyword) || null
    head.PatientBreedCodeSequence = []
    head.BreedRegistrationSequence = []
  }
  const zone = source('TimezoneOffsetFromUTC')
  const [date, time] = momentOf(at, zone)
  return {
    ...head,
    // UTF-8 holds every name that another character set can.
    SpecificCharacterSet: 'ISO_IR 192',
    ...{ InstanceCreationDate: date, InstanceCreationTime: time },
    ...(offsetMinutes(zone) !== undefined && { TimezoneOffsetFromUTC: zone }),
    ...{ SOPClassUID: input.sopClassUID, SOPInstanceUID: input.sopInstanceUID },
    ...{ StudyInstanceUID: source('StudyInstanceUID'), SeriesInstanceUID: input.seriesInstanceUID },
    ...{ Modality: modality, SeriesNumber: input.seriesNumber, SeriesDescription: input.seriesDescription },
    ...{ SeriesDate: date, SeriesTime: time, ReferencedPerformedProcedureStepSequence: [] },
    ...{ Manufacturer: 'Negatoscope', ManufacturerModelName: 'Negatoscope' },
    ...{ DeviceSerialNumber: '0', SoftwareVersions: IMPLEMENTATION_VERSION_NAME },
    ...{ InstanceNumber: input.instanceNumber, ContentDate: date, ContentTime: time },
    CurrentRequestedProcedureEvidenceSequence: [evidenceItem(source('StudyInstanceUID'), input.evidence)],
  }
}

/** PS3.3 C.17.2.3: every image once, by series. */
function evidenceItem(studyInstanceUID: string, evidence: readonly Evidence[]): DataSet {
  const series = new Map<string, Map<string, string>>()
  for (const { seriesInstanceUID, sopInstanceUID, sopClassUID } of evidence) {
    const images = series.get(seriesInstanceUID) ?? new Map<string, string>()
    series.set(seriesInstanceUID, images.set(sopInstanceUID, sopClassUID))
  }
  return {
    StudyInstanceUID: studyInstanceUID,
    ReferencedSeriesSequence: [...series].map(([seriesInstanceUID, images]) => ({
      SeriesInstanceUID: seriesInstanceUID,
      ReferencedSOPSequence: [...images].map(([sopInstanceUID, sopClassUID]) => ({
        ReferencedSOPClassUID: sopClassUID,
        ReferencedSOPInstanceUID: sopInstanceUID,
      })),
    })),
  }
}

/**
 * DA and TM in the zone of the study, since an offset holds for every time of a document (PS3.3 C.12.1.1.8), Study Time
 * among them; where the study names none, in the time of this computer, which is the clinic's.
 */
function momentOf(at: Date, zone: string): [string, string] {
  const minutes = offsetMinutes(zone) ?? -at.getTimezoneOffset()
  const digits = new Date(at.getTime() + minutes * 60_000).toISOString().replace(/\D/g, '')
  return [digits.slice(0, 8), digits.slice(8, 14)]
}

function offsetMinutes(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})$/.exec(zone) ?? []
  if (!sign) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
