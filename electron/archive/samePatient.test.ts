import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOffered } from '#shared/dicom/patientDoubt.ts'
import { cases, facts } from '#shared/dicom/samePatientCases.ts'
import type { NewInstance } from './archiveApi.ts'
import { temporaryFolder } from './archiveFixture.ts'
import { earlierStudies } from './earlierStudies.ts'
import { studyList } from './listStudies.ts'
import { openIndex } from './openIndex.ts'
import { parents } from './parents.ts'
import { maySharePatient, patientFacts, patientIdentity } from './patientIdentity.ts'

const folder = temporaryFolder()
const { db } = openIndex(folder.path)
let count = 0

/** What the tags of such a patient's image are. */
function tags(text: string): Record<string, string> {
  const { patientId, issuerOfPatientId, patientName, patientBirthDate, patientSex, species } = facts(text)
  const all = { PatientID: patientId, IssuerOfPatientID: issuerOfPatientId, PatientName: patientName }
  const more = { PatientBirthDate: patientBirthDate, PatientSex: patientSex, PatientSpeciesDescription: species }
  return Object.fromEntries(Object.entries({ ...all, ...more }).filter(([, value]) => value)) as Record<string, string>
}

function add(text: string, uid: string, day = '20240101'): number {
  count += 1
  const own = { SOPInstanceUID: `1.2.${count}`, StudyInstanceUID: uid, SeriesInstanceUID: `${uid}.${count}` }
  const source = { kind: 'receive', callingAETitle: 'CT1', address: '10.0.0.1', at: 0 }
  const { studyId } = parents(db)({
    attributes: { ...tags(text), ...own, StudyDate: day, Modality: 'CT' },
    source,
  } as unknown as NewInstance)
  db.prepare('UPDATE studies SET listed = 1 WHERE study_id = ?').run(studyId)
  return studyId
}

beforeAll(() => db.exec('BEGIN'))
afterAll(() => {
  db.exec('ROLLBACK')
  db.close()
  folder.remove()
})

/** Each case by itself: the same IDs stand in most of them. */
function alone<Result>(act: () => Result): Result {
  db.exec('SAVEPOINT one_case')
  try {
    return act()
  } finally {
    db.exec('ROLLBACK TO one_case; RELEASE one_case')
  }
}

test.each(cases)('the index and the rule say the same of %s', (_, one, other) => {
  for (const [known, arrival] of [
    [one, other],
    [other, one],
  ] as const) {
    const [a, b] = [tags(known), tags(arrival)]
    const isOne = alone(() => add(known, '1.2.3') === add(arrival, '1.2.3'))
    // Equal texts are one study's without a look at the rule: what is corrected between two images tears nothing apart.
    const isEqualText = patientIdentity(a) === patientIdentity(b)
    expect(isOne).toBe(isEqualText || maySharePatient(patientFacts(a), patientFacts(b)))
    const offered = alone(() => {
      const before = add(known, '1.2.4', '20230101')
      return earlierStudies(db)(add(arrival, '1.2.5')).includes(before)
    })
    expect(offered).toBe(isOffered(facts(known), facts(arrival)))
  }
})

test('the row of a study tells the page what the rule asks for', () => {
  const text = '1|Sato^Rex|Clinic|20200102|M|Canine'
  expect(alone(() => studyList(db).byIds([add(text, '1.2.6')]))).toMatchObject([facts(text)])
})
