import { useShownStudies } from './useShownStudies.ts'

/** Of what the tiles show of this patient, the newest day; '' where nothing has one. */
export function useNewestDate(patientId: string | undefined): string {
  const own = useShownStudies().filter((study) => study.patientId === patientId)
  return (
    own
      .map(({ studyDate }) => studyDate)
      .sort()
      .at(-1) ?? ''
  )
}
