import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { openDatabase } from '#electron/archive/database.ts'
import { fillWithStudies } from '#electron/archive/manyStudies.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import { PATIENT_ROOT_FIND, STUDY_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { commandField } from '../dimse/commandField.ts'
import type { Identifier } from '../dimse/identifier.ts'
import { send } from '../scu/send.ts'
import { type Asking, askQuery, beginQuery } from '../testing/queryPeer.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { storedFile } from '../testing/testObject.ts'

let here: TestNode
beforeEach(async () => {
  here = await openTestNode()
})
afterEach(() => here.close())

async function keep(...objects: DataSet[]): Promise<void> {
  const files = objects.map((more, at) => {
    const file = storedFile(at + 1, more)
    return {
      ...file,
      sopInstanceUID: typeof more.SOPInstanceUID === 'string' ? more.SOPInstanceUID : file.sopInstanceUID,
    }
  })
  const never = new AbortController().signal
  for await (const { outcome, note } of send(peerAt(here.port), files, never)) expect(outcome, note).toBe('success')
}

const asking = (identifier: Asking['identifier'], more: Partial<Asking> = {}): Asking => ({
  ...{ sopClassUID: STUDY_ROOT_FIND, commandField: commandField.cFindRequest, identifier, ...more },
})

/** The matches; the final response has to be success. */
async function found(identifier: Identifier, more: Partial<Asking> = {}): Promise<Identifier[]> {
  const answers = await askQuery(here.port, asking(identifier, more))
  expect(answers.at(-1)?.command).toMatchObject({ commandField: 0x8020, status: 0, messageIDBeingRespondedTo: 7 })
  return answers.slice(0, -1).map((answer) => answer.identifier ?? {})
}

/** Status and comment of a query that is refused. */
async function refused(identifier: Asking['identifier'], more: Partial<Asking> = {}) {
  const answers = await askQuery(here.port, asking(identifier, more))
  expect(answers).toHaveLength(1)
  return answers[0]?.command
}

const janes = [
  { SOPInstanceUID: '1.2.1.1.1', SeriesInstanceUID: '1.2.1.1', Modality: 'CT', InstanceNumber: '1' },
  { SOPInstanceUID: '1.2.1.1.2', SeriesInstanceUID: '1.2.1.1', Modality: 'CT', InstanceNumber: '2' },
  { SOPInstanceUID: '1.2.1.2.1', SeriesInstanceUID: '1.2.1.2', Modality: 'SR', InstanceNumber: '1' },
].map((image) => ({
  StudyInstanceUID: '1.2.1',
  PatientName: 'Doe^Jane',
  PatientID: 'J1',
  StudyDate: '20240131',
  ...image,
}))
const rex = {
  ...{ SOPInstanceUID: '1.2.2.1.1', SeriesInstanceUID: '1.2.2.1', StudyInstanceUID: '1.2.2', StudyDate: '20250301' },
  ...{ PatientName: 'Roe^Rex', PatientID: 'R1', Modality: 'DX' },
}

describe('C-FIND', () => {
  test.each([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])(
    'answers at each level with the keys of it and of those above (%s)',
    async (transferSyntaxUID) => {
      await keep(...janes, rex)
      const syntax = { transferSyntaxUID }
      const QueryRetrieveLevel = 'STUDY'
      expect(
        await found(
          {
            ...{ QueryRetrieveLevel, PatientName: 'doe*', StudyInstanceUID: '', StudyDate: '', ModalitiesInStudy: '' },
            ...{ NumberOfStudyRelatedSeries: '', NumberOfStudyRelatedInstances: '', SOPClassesInStudy: '' },
            ...{ InstanceAvailability: '', TimezoneOffsetFromUTC: '', AccessionNumber: '' },
          },
          syntax,
        ),
      ).toEqual([
        {
          ...{ QueryRetrieveLevel, RetrieveAETitle: 'NEGATOSCOPE', InstanceAvailability: 'ONLINE' },
          ...{ PatientName: 'Doe^Jane', StudyInstanceUID: '1.2.1', StudyDate: '20240131', AccessionNumber: '' },
          ...{ ModalitiesInStudy: 'CT\\SR', NumberOfStudyRelatedSeries: '2', NumberOfStudyRelatedInstances: '3' },
          ...{ SOPClassesInStudy: '1.2.840.10008.5.1.4.1.1.2', TimezoneOffsetFromUTC: '' },
        },
      ])
      const patients = {
        QueryRetrieveLevel: 'PATIENT',
        PatientID: '',
        PatientName: '',
        NumberOfPatientRelatedInstances: '',
      }
      expect(await found(patients, { ...syntax, sopClassUID: PATIENT_ROOT_FIND })).toMatchObject([
        { PatientID: 'J1', PatientName: 'Doe^Jane', NumberOfPatientRelatedInstances: '3' },
        { PatientID: 'R1', PatientName: 'Roe^Rex', NumberOfPatientRelatedInstances: '1' },
      ])
      const series = { QueryRetrieveLevel: 'SERIES', StudyInstanceUID: '1.2.1', SeriesInstanceUID: '', Modality: '' }
      expect(await found({ ...series, NumberOfSeriesRelatedInstances: '', PatientName: '' }, syntax)).toMatchObject([
        { SeriesInstanceUID: '1.2.1.1', Modality: 'CT', NumberOfSeriesRelatedInstances: '2', PatientName: 'Doe^Jane' },
        { SeriesInstanceUID: '1.2.1.2', Modality: 'SR', NumberOfSeriesRelatedInstances: '1' },
      ])
      const images = { ...series, QueryRetrieveLevel: 'IMAGE', SeriesInstanceUID: '1.2.1.1', SOPInstanceUID: '' }
      expect(await found({ ...images, InstanceNumber: '2', Rows: '' }, syntax)).toMatchObject([
        { SOPInstanceUID: '1.2.1.1.2', InstanceNumber: '2', Rows: '32', Modality: 'CT' },
      ])
    },
  )

  test('lists of UIDs, at the level itself, are looked up one by one and each once', async () => {
    await keep(...janes, rex)
    const uids = '1.2.2\\1.2.9\\1.2.1\\1.2.2'
    const studies = await found({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: uids })
    expect(studies.map(({ StudyInstanceUID }) => StudyInstanceUID)).toEqual(['1.2.2', '1.2.1'])
    const many = Array.from({ length: 3000 }, (_, at) => `1.2.840.99999.1234567890.${at}`)
    const images = await found(
      {
        ...{ QueryRetrieveLevel: 'IMAGE', StudyInstanceUID: '1.2.1', SeriesInstanceUID: '1.2.1.1' },
        SOPInstanceUID: [...many, '1.2.1.1.2', '1.2.2.1.1'].join('\\'),
      },
      { transferSyntaxUID: IMPLICIT_VR_LITTLE_ENDIAN },
    )
    expect(images.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual(['1.2.1.1.2'])
  })

  test('a key that nobody here knows leaves the match whole and is said by 0xFF01', async () => {
    await keep(rex)
    const keys = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '' }
    const [known] = await askQuery(here.port, asking(keys))
    expect(known?.command.status).toBe(0xff00)
    const [unknown] = await askQuery(here.port, asking({ ...keys, StudyIDIssuer: '', Modality: 'DX' }))
    expect(unknown?.command.status).toBe(0xff01)
    expect(unknown?.identifier).toEqual({ ...keys, StudyInstanceUID: '1.2.2', RetrieveAETitle: 'NEGATOSCOPE' })
  })

  test.each([
    ['no level', { StudyInstanceUID: '' }],
    ['a level of its own', { QueryRetrieveLevel: 'FRAME' }],
    ['no study to look for series in', { QueryRetrieveLevel: 'SERIES', SeriesInstanceUID: '' }],
    ['a wildcard above the level', { QueryRetrieveLevel: 'SERIES', StudyInstanceUID: '1.2.*' }],
    ['a name with thousands of values', { QueryRetrieveLevel: 'STUDY', PatientName: 'a\\'.repeat(5000) }],
    ['no series', { QueryRetrieveLevel: 'IMAGE', StudyInstanceUID: '1.2' }],
  ])('%s is answered A900 and why', async (_, identifier) => {
    expect(await refused(identifier)).toMatchObject({ status: 0xa900, errorComment: expect.stringMatching(/./) })
  })

  test('the Patient Root asks for the patient above a study', async () => {
    await keep(...janes, rex)
    const patientRoot = { sopClassUID: PATIENT_ROOT_FIND }
    const studies = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '' }
    expect(await refused(studies, patientRoot)).toMatchObject({ status: 0xa900 })
    expect(await found({ ...studies, PatientID: 'R1' }, patientRoot)).toMatchObject([{ StudyInstanceUID: '1.2.2' }])
  })

  test('relational queries and combined times are agreed on, fuzzy matching is not', async () => {
    await keep(...janes, { ...rex, StudyTime: '120000' })
    const extended = [{ sopClassUID: STUDY_ROOT_FIND, information: Uint8Array.of(1, 1, 1, 1, 1) }]
    const query = await beginQuery(
      here.port,
      asking({ QueryRetrieveLevel: 'SERIES', SeriesInstanceUID: '', Modality: 'SR' }, { proposal: { extended } }),
    )
    expect(query.accept.extended.map(({ information }) => [...information])).toEqual([[1, 1, 0, 0, 0]])
    expect((await query.all()).map(({ identifier }) => identifier?.SeriesInstanceUID)).toEqual(['1.2.1.2', undefined])
    query.peer.destroy()
    // From 31 January noon to 1 March noon: as two ranges no study lies in it.
    const range = {
      QueryRetrieveLevel: 'STUDY',
      StudyInstanceUID: '',
      StudyDate: '20240201-20250301',
      StudyTime: '130000-120000',
    }
    expect(await found(range)).toEqual([])
    expect(await found(range, { proposal: { extended } })).toMatchObject([{ StudyInstanceUID: '1.2.2' }])
  })

  test('items of sequences are matched and come back with the keys that were asked for', async () => {
    const code = (value: string, meaning: string) => [
      { CodeValue: value, CodingSchemeDesignator: 'SCT', CodeMeaning: meaning },
    ]
    await keep(
      { ...rex, PatientSpeciesCodeSequence: code('448771007', 'Dog') },
      { ...janes[0], PatientSpeciesCodeSequence: code('448169003', 'Cat') },
    )
    const asked = encodeDataSet(
      {
        QueryRetrieveLevel: 'STUDY',
        PatientSpeciesCodeSequence: [{ CodeValue: '448771007', CodeMeaning: '' }],
        StudyInstanceUID: '',
      },
      EXPLICIT_VR_LITTLE_ENDIAN,
    )
    const answers = await askQuery(here.port, asking(asked))
    expect(answers.map(({ identifier }) => identifier?.StudyInstanceUID)).toEqual(['1.2.2', undefined])
    expect(answers[0]?.bytes?.toString('latin1')).toMatch(/448771007.*Dog/s)
    expect(answers[0]?.bytes?.toString('latin1')).not.toContain('SCT')
  })

  test('a response is written in the set in which was asked, and in Unicode where that is not enough', async () => {
    await keep(
      { ...janes[0], SpecificCharacterSet: 'ISO_IR 192', PatientName: 'Müller^Jörg' },
      { ...rex, SpecificCharacterSet: 'ISO_IR 192', PatientName: 'Yamada^Tarou=山田^太郎' },
    )
    const ask = async (SpecificCharacterSet: string, name: Uint8Array, study: string) => {
      const keys = {
        SpecificCharacterSet,
        QueryRetrieveLevel: 'STUDY',
        PatientName: { vr: 'PN' as const, value: name },
      }
      const bytes = encodeDataSet({ ...keys, StudyInstanceUID: study }, EXPLICIT_VR_LITTLE_ENDIAN)
      const [answer] = await askQuery(here.port, asking(bytes))
      return answer?.identifier
    }
    const latin1 = Buffer.from('MÜLLER*', 'latin1')
    expect(await ask('ISO_IR 100', latin1, '')).toMatchObject({
      SpecificCharacterSet: 'ISO_IR 100',
      PatientName: 'Müller^Jörg',
    })
    expect(await ask('ISO_IR 192', Buffer.from('müller*'), '')).toMatchObject({ SpecificCharacterSet: 'ISO_IR 192' })
    const japanese = Buffer.from('*=\x1b$B;3ED\x1b(B*', 'latin1')
    expect(await ask('\\ISO 2022 IR 87', japanese, '')).toMatchObject({
      SpecificCharacterSet: 'ISO_IR 192',
      PatientName: 'Yamada^Tarou=山田^太郎',
    })
  })

  test('nothing readable is answered, hostile lengths too', async () => {
    expect(await refused(Buffer.from('08005200', 'hex'))).toMatchObject({ status: 0xc000 })
    expect(await refused(Buffer.from('080052004353ffff', 'hex'))).toMatchObject({ status: expect.any(Number) })
    const deep = Buffer.concat(
      Array.from({ length: 20_000 }, () => Buffer.from('08001511535100000000fffffffffeff00e0ffffffff', 'hex')),
    )
    expect(await refused(deep)).toMatchObject({ status: expect.any(Number) })
    expect(await found({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '' })).toEqual([])
  })

  test('switched off, or retired, the class is not supported', async () => {
    await here.node.configure({
      ...here.configuration,
      services: { storage: true, queryRetrieve: false, storageCommitment: true },
    })
    const contexts = [
      { id: 1, abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] },
      { id: 3, abstractSyntax: '1.2.840.10008.5.1.4.1.2.3.1', transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] },
    ]
    const { peer, accept } = await ScriptedPeer.open(here.port, { contexts })
    expect(accept.contexts).toMatchObject([
      { id: 1, result: 3 },
      { id: 3, result: 3 },
    ])
    peer.destroy()
  })
})

describe('C-FIND of many', () => {
  beforeEach(() => {
    const db = openDatabase(databasePath(here.folder), 'write')
    fillWithStudies(db, 30_000)
    db.close()
  })

  test('comes whole, each study once', async () => {
    const studies = await found({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', PatientName: '' })
    expect(studies).toHaveLength(30_000)
    expect(new Set(studies.map(({ StudyInstanceUID }) => StudyInstanceUID)).size).toBe(30_000)
  })

  test('waits for a peer that does not read, and is cancelled all the same', async () => {
    const query = await beginQuery(
      here.port,
      asking({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', PatientName: '' }),
    )
    await query.next()
    query.peer.socket.pause()
    await new Promise((resolve) => setTimeout(resolve, 300))
    query.cancel()
    query.peer.socket.resume()
    const askedAt = performance.now()
    const rest = await query.all()
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    expect(rest.at(-1)?.command.status).toBe(0xfe00)
    expect(rest.length).toBeLessThan(29_000)
    query.peer.destroy()
  })

  test('goes on while others ask', async () => {
    const query = await beginQuery(here.port, asking({ QueryRetrieveLevel: 'STUDY', StudyDescription: '*nothing*' }))
    const askedAt = performance.now()
    expect(await found({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '1.2.3.77' })).toHaveLength(1)
    expect(performance.now() - askedAt).toBeLessThan(10_000)
    expect((await query.all()).at(-1)?.command.status).toBe(0)
    query.peer.destroy()
  })
})
