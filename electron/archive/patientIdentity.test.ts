import { expect, test } from 'vitest'
import { maySharePatient, patientFacts } from './patientIdentity.ts'

const who = (PatientName: string, PatientID = '', IssuerOfPatientID = '') =>
  patientFacts({ PatientName, PatientID, IssuerOfPatientID })
const may = (known: ReturnType<typeof who>, arrival: ReturnType<typeof who>) => maySharePatient(known, arrival)

test.each([
  ['case, spaces and trailing carets', who('Müller^Bella', 'P 1'), who(' MÜLLER^Bella^^ ', 'p1 ')],
  ['diacritics', who('Müller^Bella', 'P1'), who('Muller^Bella', 'P1')],
  ['umlauts spelled out, under the same ID', who('Müller^Bella', 'P1'), who('Mueller^Bella', 'P1')],
  ['umlauts that both write otherwise, under the same ID', who('Muller^Bella', 'P1'), who('Mueller^Bella', 'P1')],
  ['an issuer that only one gives', who('A', 'P1', 'CLINIC'), who('A', 'P1')],
  ['a name that is missing, under the same ID', who('A', 'P1'), who('', 'P1')],
  ['an ID that is missing, with the same name', who('A^B', 'P1'), who('a^b')],
  ['ideographs that are missing', who('Yamada^Tarou=山田^太郎', '1'), who('Yamada^Tarou', '1')],
  ['an animal without its owner’s family, under the same ID', who('Sato^Rex', '1'), who('Rex', '1')],
  ['an owner’s family that comes later', who('Rex', '1'), who('Sato^Rex', '1')],
  ['an image that says a part of the name', who('Meier^Anna', '1'), who('Meier', '1')],
])('%s does not make another patient', (_, known, arrival) => {
  expect(may(known, arrival)).toBe(true)
})

test.each([
  ['another ID', who('ALPHA', 'A'), who('ALPHA', 'B')],
  ['another name under the same ID', who('WRONG', 'A'), who('RIGHT', 'A')],
  ['another issuer', who('A', '1', 'X'), who('A', '1', 'Y')],
  ['another name without an ID', who('ALPHA'), who('BETA')],
  ['umlauts spelled out, without an ID', who('Noel'), who('Nol')],
  ['other ideographs', who('Yamada=山田', '1'), who('Yamada=八田', '1')],
  ['a mark that makes another syllable', who('ばば', '1'), who('はは', '1')],
  ['neither name nor ID, under a patient’s study', who('A', '1'), who('')],
  ['an animal’s own name without an ID', who('Sato^Rex', '1'), who('Rex')],
  ['an animal of another owner, under the same ID', who('Sato^Rex', '1'), who('Kim^Rex', '1')],
  ['the end of a word', who('Sato^Rex', '1'), who('ex', '1')],
  ['a name where the study has none', who('', '1'), who('A', '1')],
  ['more of a name than the study has', who('Meier', '1'), who('Meier^Anna', '1')],
  ['an ID where the study has none', who('A'), who('A', '1')],
])('%s makes another patient', (_, known, arrival) => {
  expect(may(known, arrival)).toBe(false)
})
