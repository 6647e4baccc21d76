import { patientDoubt } from '#shared/dicom/patientDoubt.ts'
import { comparePatients, type PatientFacts } from '#shared/dicom/samePatient.ts'

/** As windowMessage takes it. */
const LONGEST = 2000

/** What is compared, and nothing else of a study: for other windows. */
export function patientFacts(study: PatientFacts): PatientFacts {
  const { patientId, issuerOfPatientId = '', patientName, patientBirthDate = '', patientSex = '', species = '' } = study
  const facts = { patientId, issuerOfPatientId, patientName, patientBirthDate, patientSex, species }
  return Object.fromEntries(Object.entries(facts).map(([key, text]) => [key, text.slice(0, LONGEST)])) as typeof facts
}

export const isSurely = (one: PatientFacts, other: PatientFacts): boolean =>
  comparePatients(one, other).verdict === 'same'

/** One study of each patient that there is among them; whom it is not sure to be one with another stands apart. */
export function onePerPatient<Study extends PatientFacts>(studies: readonly Study[]): Study[] {
  const patients: Study[][] = []
  for (const study of studies) {
    // `Rex` is one with Sato^Rex or with Kim^Rex, which are two: with everybody of a group, or in one of its own.
    const own = patients.find((group) => group.every((each) => isSurely(each, study)))
    if (own) own.push(study)
    else patients.push([study])
  }
  return patients.flatMap(([first]) => first ?? [])
}

/** Why it is not sure that these are one patient; '' where two of them surely are not. */
export function doubtAmong(patients: readonly PatientFacts[]): string {
  const verdicts = patients.flatMap((one, at) => patients.slice(at + 1).map((other) => comparePatients(one, other)))
  if (verdicts.some(({ verdict }) => verdict === 'different')) return ''
  return [...new Set(verdicts.map(patientDoubt).filter(Boolean))].join('; ')
}
