import type { PatientFacts } from '#shared/dicom/samePatient.ts'
import { isSurely } from '../../viewer/patientsShown.ts'
import { useShownStudies } from './useShownStudies.ts'

/** Of what the tiles show of this patient, the newest day; '' where nothing has one. */
export function useNewestDate(patient: PatientFacts | undefined): string {
  const own = useShownStudies().filter((study) => patient && isSurely(study, patient))
  return (
    own
      .map(({ studyDate }) => studyDate)
      .sort()
      .at(-1) ?? ''
  )
}
