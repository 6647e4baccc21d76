import { expect, test } from 'vitest'
import { RequestFileError, readRequests } from './requestFile.ts'

const now = new Date(2026, 10, 21, 12)
const catalogue = [
  {
    procedureId: 1,
    description: 'Thorax, CT',
    modality: 'CT',
    code: { value: 'CTTHX', scheme: '99NGTS', meaning: 'Thorax, CT' },
  },
]
const read = (name: string, text: string) => readRequests(name, text, catalogue, now)

test('CSV with semicolons, quotes and columns of its own', () => {
  const csv = 'ID;Name;Species;Sex;Owner;Procedure;Time;Colour\r\n7;Rex;dog;MN;"Sato; Ren";CTTHX;9:40;brown\r\n'
  const [one] = read('day.csv', csv)
  expect(one).toMatchObject({ id: '7', problem: '' })
  expect(one?.content).toMatchObject({
    patient: {
      kind: 'animal',
      patientName: 'Sato; Ren^Rex',
      sex: 'M',
      neutered: 'ALTERED',
      species: 'Canine',
      responsiblePerson: 'Sato; Ren',
    },
    request: { procedure: 'Thorax, CT', modality: 'CT', date: '20261121', time: '0940' },
  })
})

test('JSON, one or several, a person where no species is given', () => {
  const [one] = read(
    'a.json',
    JSON.stringify({ name: 'Okafor, Adaeze', procedure: 'Chest', modality: 'DX', urgency: 'stat' }),
  )
  expect(one?.content).toMatchObject({
    patient: { kind: 'human', patientName: 'Okafor^Adaeze' },
    request: { priority: 'STAT' },
  })
  expect(read('a.json', JSON.stringify([{ id: 7, action: 'cancel' }]))).toMatchObject([
    { id: '7', cancel: true, problem: '' },
  ])
})

test('an animal is named after its owner, who is enough to tell that it is one', () => {
  const [first, second, third] = read(
    'day.csv',
    'name,species,owner,procedure\nRex,Dog,"Sato, Ren",CTTHX\nMoor,,Green Farm,CTTHX\n"Kim, Miso",Cat,,CTTHX\n',
  ).map(({ content }) => content?.patient)
  expect(first).toMatchObject({ patientName: 'Sato^Rex', responsiblePerson: 'Sato^Ren' })
  expect(second).toMatchObject({ kind: 'animal', patientName: 'Green Farm^Moor', responsiblePerson: 'Green Farm' })
  expect(third).toMatchObject({ patientName: 'Kim^Miso', responsiblePerson: 'Kim' })
})

test('what is wrong with one request does not touch the others', () => {
  const requests = read('day.csv', 'name,procedure,date\nRex,Thorax,2026-11-21\n,Thorax,\nMiso,Abdomen,soon\n')
  expect(requests.map(({ problem }) => problem === '')).toEqual([true, false, false])
})

test.each([
  ['other columns', 'day.csv', 'animal,what\nRex,Thorax\n'],
  ['no JSON', 'a.json', '{'],
  ['a JSON of something else', 'a.json', '[[1]]'],
  ['nothing', 'day.csv', 'name,procedure\n'],
])('%s is refused as a file, with a sentence', (_, name, text) => {
  expect(() => read(name, text)).toThrow(RequestFileError)
})
