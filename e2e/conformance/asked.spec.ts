import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { DCMTK, ORTHANC } from '../peers/versions.ts'
import { addServer } from '../workstation/addServer.ts'
import { run } from '../workstation/spawned.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { until } from '../workstation/until.ts'
import { type Arranged, arranged } from './arranged.ts'
import { byUid, compare, filesIn, noDifference } from './compareFolders.ts'
import { CT_IMAGES, DEMO_STUDIES } from './demoFiles.ts'
import { peerCannot, works } from './pair.ts'

const STUDY_ROOT = 'Query/Retrieve, Study Root'
const asks = (peer: string, service: string) => ({ peer, service, direction: 'it calls' }) as const

async function dcmtk(program: string, { own }: Arranged, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, [
    ...['-v', '-aet', 'SCU', '-aec', own.aeTitle, ...args.slice(0, args.indexOf('--'))],
    ...['127.0.0.1', String(own.port), ...args.slice(args.indexOf('--') + 1)],
  ])
  const output = stdout + stderr
  expect(code, output.slice(-500)).toBe(0)
  return output
}
const keys = (...all: string[]) => all.flatMap((key) => ['-k', key])
const pendings = (output: string) => (output.match(/Pending/g) ?? []).length

works(asks(`${DCMTK} echoscu`, 'Verification'), (folder) =>
  arranged(folder, {}, async (all) => {
    expect(await dcmtk('echoscu', all, ['--'])).toContain('Received Echo Response (Success)')
    return 'Success'
  }),
)

const LEVELS = [
  { level: 'PATIENT', root: '-P', matches: DEMO_STUDIES, wanted: () => ['PatientID'] },
  { level: 'STUDY', root: '-S', matches: DEMO_STUDIES, wanted: () => ['StudyInstanceUID', 'PatientName=Demo*'] },
  {
    level: 'SERIES',
    root: '-S',
    matches: 1,
    wanted: (uid: string) => [`StudyInstanceUID=${uid}`, 'SeriesInstanceUID'],
  },
]
for (const { level, root, matches, wanted } of LEVELS) {
  const model = root === '-P' ? 'Query/Retrieve, Patient Root' : STUDY_ROOT
  works(asks(`${DCMTK} findscu`, `${model}, C-FIND ${level}`), (folder) =>
    arranged(folder, { filled: true }, async (all) => {
      const asked = keys(`QueryRetrieveLevel=${level}`, ...wanted(all.ctStudy))
      const output = await dcmtk('findscu', all, [root, '--', ...asked])
      expect(pendings(output)).toBe(matches)
      return `${matches} of ${matches} matches`
    }),
  )
}

works(asks(`${DCMTK} findscu`, `${STUDY_ROOT}, C-FIND IMAGE`), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    const series = await dcmtk('findscu', all, [
      ...['-S', '--'],
      ...keys('QueryRetrieveLevel=SERIES', `StudyInstanceUID=${all.ctStudy}`, 'SeriesInstanceUID'),
    ])
    const uid = /\(0020,000e\) UI \[([\d.]+)/.exec(series.slice(series.indexOf('Pending')))?.[1] ?? ''
    const above = [`StudyInstanceUID=${all.ctStudy}`, `SeriesInstanceUID=${uid}`]
    const output = await dcmtk('findscu', all, [
      '-S',
      '--',
      ...keys('QueryRetrieveLevel=IMAGE', ...above, 'SOPInstanceUID'),
    ])
    expect(pendings(output)).toBe(CT_IMAGES)
    return `${CT_IMAGES} of ${CT_IMAGES} matches`
  }),
)

works(asks(`${DCMTK} movescu`, `${STUDY_ROOT}, C-MOVE STUDY`), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    const written = join(folder, 'moved')
    await using target = await startStorescp({ folder: written, aeTitle: 'TARGET' })
    await addServer(all.connection.ask, { name: 'Target', aeTitle: target.aeTitle, port: target.port })
    const wanted = keys('QueryRetrieveLevel=STUDY', `StudyInstanceUID=${all.ctStudy}`)
    const output = await dcmtk('movescu', all, ['-S', '-aem', 'TARGET', '--', ...wanted])
    expect(output).toContain('Received Final Move Response (Success)')
    return await sameBytes(written, all)
  }),
)

works(asks(`${DCMTK} getscu`, `${STUDY_ROOT}, C-GET STUDY`), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    const written = join(folder, 'got')
    mkdirSync(written)
    const wanted = keys('QueryRetrieveLevel=STUDY', `StudyInstanceUID=${all.ctStudy}`)
    await dcmtk('getscu', all, ['-S', '+B', '-od', written, '--', ...wanted])
    return await sameBytes(written, all)
  }),
)

/** One request at each of the other levels; how many instances it is about. */
async function otherLevels({ files, ctStudy }: Arranged): Promise<{ root: string; asked: string[]; images: number }[]> {
  const [first = '', second = ''] = files
  const { stdout } = await run('dcmdump', ['-q', '-s', '+P', '0010,0020', '+P', '0020,000e', first])
  const [patient = '', series = ''] = [...stdout.matchAll(/\[([^\]]+)\]/g)].map(([, value]) => value)
  const below = [`StudyInstanceUID=${ctStudy}`, `SeriesInstanceUID=${series}`]
  const two = [...byUid([first, second]).keys()].join('\\')
  const ofPatient = `PatientID=${patient}`
  return [
    { root: '-P', asked: keys('QueryRetrieveLevel=PATIENT', ofPatient), images: CT_IMAGES },
    { root: '-S', asked: keys('QueryRetrieveLevel=SERIES', ...below), images: CT_IMAGES },
    { root: '-P', asked: keys('QueryRetrieveLevel=IMAGE', ofPatient, ...below, `SOPInstanceUID=${two}`), images: 2 },
  ]
}
const OTHER_LEVELS = 'Query/Retrieve, Patient and Study Root'
const completed = (output: string) =>
  [...output.matchAll(/Completed Suboperations\s*: (\d+)/g)].map(([, count]) => Number(count)).at(-1)
const counted = (levels: readonly { images: number }[]) =>
  `${levels.map(({ images }) => images).join(', ')} instances, exact counts`

works(asks(`${DCMTK} movescu`, `${OTHER_LEVELS}, C-MOVE PATIENT, SERIES, IMAGE`), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    const written = join(folder, 'moved')
    await using target = await startStorescp({ folder: written, aeTitle: 'TARGET' })
    await addServer(all.connection.ask, { name: 'Target', aeTitle: target.aeTitle, port: target.port })
    const levels = await otherLevels(all)
    for (const { root, asked, images } of levels) {
      const output = await dcmtk('movescu', all, ['-d', root, '-aem', 'TARGET', '--', ...asked])
      expect(completed(output)).toBe(images)
      await sameBytes(written, all, images)
      for (const path of filesIn(written)) rmSync(path)
    }
    return counted(levels)
  }),
)

works(asks(`${DCMTK} getscu`, `${OTHER_LEVELS}, C-GET PATIENT, SERIES, IMAGE`), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    const written = join(folder, 'got')
    mkdirSync(written)
    const levels = await otherLevels(all)
    for (const { root, asked, images } of levels) {
      const output = await dcmtk('getscu', all, [root, '+B', '-od', written, '--', ...asked])
      expect(completed(output)).toBe(images)
      await sameBytes(written, all, images)
      for (const path of filesIn(written)) rmSync(path)
    }
    return counted(levels)
  }),
)

async function sameBytes(written: string, { workstation }: Arranged, images = CT_IMAGES): Promise<string> {
  const arrived = byUid(filesIn(written))
  expect(arrived.size).toBe(images)
  expect(compare(arrived, byUid(storedFiles(workstation.dataFolder)))).toEqual(noDifference)
  return `${images} of ${images} instances, data sets equal bit by bit`
}

works(asks(ORTHANC, 'Verification'), (folder) =>
  arranged(folder, {}, async ({ own }) => {
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [own])
    await orthanc.rest('POST', `/modalities/${own.aeTitle}/echo`, '{}')
    return 'Success'
  }),
)

works(asks(ORTHANC, `${STUDY_ROOT}, C-FIND STUDY and C-MOVE into Orthanc`), (folder) =>
  arranged(folder, { filled: true }, async ({ own, connection, ctStudy }) => {
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [own])
    await addServer(connection.ask, { name: 'Orthanc', aeTitle: orthanc.aeTitle, port: orthanc.port })
    const query = JSON.stringify({ Level: 'Study', Query: { StudyInstanceUID: ctStudy } })
    const { ID } = (await orthanc.rest('POST', `/modalities/${own.aeTitle}/query`, query)) as { ID: string }
    expect(await orthanc.rest('GET', `/queries/${ID}/answers`)).toHaveLength(1)
    await orthanc.rest('POST', `/queries/${ID}/retrieve`, orthanc.aeTitle)
    const { CountInstances } = (await orthanc.rest('GET', '/statistics')) as { CountInstances: number }
    expect(CountInstances).toBe(CT_IMAGES)
    return `1 match, ${CT_IMAGES} of ${CT_IMAGES} instances`
  }),
)

peerCannot(asks(ORTHANC, `${STUDY_ROOT}, C-GET`), (folder) =>
  arranged(folder, {}, async ({ own }) => {
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [own])
    const answer = orthanc.rest('POST', `/modalities/${own.aeTitle}/get`, '{}')
    await expect(answer).rejects.toThrow(/404/)
    return 'no C-GET SCU: its REST interface answers /modalities/{id}/get with 404'
  }),
)

works(asks(ORTHANC, 'Storage commitment'), (folder) =>
  arranged(folder, { filled: true }, async ({ own, connection, files }) => {
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [own])
    await addServer(connection.ask, { name: 'Orthanc', aeTitle: orthanc.aeTitle, port: orthanc.port })
    const here = [...byUid(files.slice(0, 20)).keys()]
    const SOPClassUID = '1.2.840.10008.5.1.4.1.1.2'
    const asked = here.map((SOPInstanceUID) => ({ SOPClassUID, SOPInstanceUID }))
    const never = { SOPClassUID, SOPInstanceUID: '1.2.3.4.5.6.7' }
    const body = JSON.stringify({ DicomInstances: [...asked, never] })
    const { ID } = (await orthanc.rest('POST', `/modalities/${own.aeTitle}/storage-commitment`, body)) as { ID: string }
    const report = await until('the report', async () => {
      const answer = (await orthanc.rest('GET', `/storage-commitment/${ID}`)) as CommitmentReport
      return answer.Status === 'Pending' ? undefined : answer
    })
    expect(report.Failures.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual([never.SOPInstanceUID])
    expect(report.Success).toHaveLength(here.length)
    return `${here.length} committed, 1 that was never sent refused`
  }),
)

interface CommitmentReport {
  Status: string
  Success: { SOPInstanceUID: string }[]
  Failures: { SOPInstanceUID: string }[]
}
