import type { Match } from '#electron/dicom/nodeApi.ts'
import type { RemoteSeries, RemoteStudy } from '#shared/contract/studies.ts'

const text = (match: Match, keyword: string) => (match[keyword] ?? '').trim()

export function toRemoteStudy(serverId: number, match: Match): Omit<RemoteStudy, 'localInstances' | 'localStudyId'> {
  return {
    serverId,
    studyInstanceUID: text(match, 'StudyInstanceUID'),
    patientName: text(match, 'PatientName'),
    patientId: text(match, 'PatientID'),
    patientBirthDate: text(match, 'PatientBirthDate'),
    patientSex: text(match, 'PatientSex'),
    patientSexNeutered: text(match, 'PatientSexNeutered'),
    species: text(match, 'PatientSpeciesDescription'),
    breed: text(match, 'PatientBreedDescription'),
    owner: text(match, 'ResponsiblePerson'),
    accessionNumber: text(match, 'AccessionNumber'),
    studyDate: text(match, 'StudyDate'),
    studyTime: text(match, 'StudyTime'),
    description: text(match, 'StudyDescription'),
    modalities: text(match, 'ModalitiesInStudy').split('\\').filter(Boolean),
    series: count(match, 'NumberOfStudyRelatedSeries'),
    instances: count(match, 'NumberOfStudyRelatedInstances'),
  }
}

export function toRemoteSeries(match: Match): RemoteSeries {
  return {
    seriesInstanceUID: text(match, 'SeriesInstanceUID'),
    modality: text(match, 'Modality'),
    seriesNumber: text(match, 'SeriesNumber'),
    description: text(match, 'SeriesDescription'),
    instances: count(match, 'NumberOfSeriesRelatedInstances'),
  }
}

/** IS; a server that does not count leaves it empty or out. */
function count(match: Match, keyword: string): number | null {
  const value = text(match, keyword)
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}
