import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkstation, type Workstation } from '#electron/workstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { type Client, createClient } from '#shared/contract/client.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'
import type { SavedMeasurement } from '#shared/contract/measurements.ts'
import { memoryWires } from '#shared/contract/wire.ts'
import { measure } from '#shared/imaging/measurement.ts'

let folder: string
let workstation: Workstation
let ask: Client<WorkstationContract>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
  workstation = await openWorkstation({
    dataFolder: join(folder, 'data'),
    overrides: { aeTitle: 'REPORTS', dicomPort: 0, bindAddress: '127.0.0.1', ...checksOf('any') },
    rebuildIndex: false,
    host: 'headless',
  })
  const [page, host] = memoryWires()
  workstation.serve(host)
  ask = createClient(contract, page)
}, 240_000)

afterAll(async () => {
  await workstation.close(0)
  await rm(folder, { recursive: true, force: true })
})

const shapes: readonly [SavedMeasurement['kind'], [number, number][]][] = [
  [
    'length',
    [
      [100.125, 120.5],
      [300.75, 120.5],
    ],
  ],
  [
    'angle',
    [
      [10, 10],
      [100, 10],
      [100, 90],
    ],
  ],
  [
    'cobb',
    [
      [10, 10],
      [100, 12],
      [10, 90],
      [100, 130],
    ],
  ],
  [
    'bidirectional',
    [
      [100, 100],
      [200, 100],
      [150, 80],
      [150, 120],
    ],
  ],
  [
    'heartRatio',
    [
      [200, 200],
      [300, 200],
      [100, 210],
      [400, 210],
    ],
  ],
  [
    'ellipse',
    [
      [400, 300],
      [450, 380],
    ],
  ],
  [
    'circle',
    [
      [300, 300],
      [320, 300],
    ],
  ],
  [
    'rectangle',
    [
      [50, 60],
      [90, 140],
    ],
  ],
  [
    'freehand',
    [
      [200, 300],
      [240, 310],
      [230, 350],
    ],
  ],
  ['probe', [[256.5, 256.5]]],
  [
    'arrow',
    [
      [30, 40],
      [60, 80],
    ],
  ],
  ['text', [[70, 70]]],
]

const plane = { position: [-60, 10, 118], rowDirection: [1, 0, 0], columnDirection: [0, 0, -1] } as const

async function measureAll() {
  const { studyIds } = await ask.settings.addDemoStudies({})
  const rows = await ask.studies.get({ studyIds })
  const study = rows.find(({ modalities }) => modalities.includes('CT'))
  const [series] = await ask.studies.series({ studyId: study?.studyId ?? 0 })
  const images = await ask.studies.images({ seriesId: series?.seriesId ?? 0 })
  const item = images[30]
  if (!study || !item) throw new Error('no CT')
  const common = { instanceId: item.instanceId, frame: 0, hidden: false, moved: null, knownMm: 0 }
  const measurements = shapes.map(([kind, points], at): SavedMeasurement => {
    const measured = measure(kind, points, item.image, 0, undefined)
    if (!measured) throw new Error(kind)
    const name = kind === 'text' ? 'Größe, ñ, 大' : kind === 'length' ? 'Nodule' : ''
    return { ...common, measurementId: crypto.randomUUID(), kind, points, name: at === 10 ? 'Here' : name, measured }
  })
  measurements.push({
    ...common,
    ...{
      measurementId: crypto.randomUUID(),
      kind: 'length',
      name: 'In the body',
      points: [
        [20, 20],
        [65, 20],
      ],
    },
    measured: { kind: 'length', length: 36, unit: 'mm', source: 'pixel spacing, reformatted' },
    reformat: {
      ...{ axis: 'dorsal', pixel: 0.8, frameOfReferenceUID: item.image.frameOfReferenceUID },
      ...{
        position: [...plane.position],
        rowDirection: [...plane.rowDirection],
        columnDirection: [...plane.columnDirection],
      },
    },
  })
  measurements.push({
    ...common,
    ...{
      measurementId: crypto.randomUUID(),
      kind: 'keyImage',
      name: 'Nodule',
      points: [[0, 0]],
      measured: { kind: 'keyImage' },
    },
  })
  await ask.measurements.save({ measurements })
  return { study, item, measurements }
}

test('what was measured is written as a report that other programs read, and reads back to the same values', async () => {
  const { study, item, measurements } = await measureAll()
  const { studyId } = study
  expect(await ask.reports.write({ studyId })).toEqual({ measurements: 13, keyImages: 1, unchanged: false })
  const stored = await workstation.archive.reader.locate({ studyIds: [studyId] })
  const documents = stored.filter(({ sopClassUID }) => sopClassUID.startsWith('1.2.840.10008.5.1.4.1.1.88.'))
  expect(documents).toHaveLength(2)
  for (const { path } of documents) {
    if (!areThere) continue
    const said = execFileSync('dsrdump', ['+U8', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(said).toContain('Bella')
    expect(errorsOf(path)).toEqual([])
  }
  const reports = await ask.reports.list({ studyIds: [studyId] })
  const read = reports.find(({ kind }) => kind === 'measurements')
  expect(read).toMatchObject({ isOwn: true, title: 'Imaging Measurement Report', missing: 0 })
  expect(read?.findings).toHaveLength(13)
  const named = (name: string) => read?.findings.find((finding) => finding.name === name)
  const length = named('Nodule')
  const first = measurements[0]
  expect(length?.values).toEqual([
    { name: 'Length', value: first?.measured.kind === 'length' ? first.measured.length : 0, unit: 'mm' },
  ])
  // Every point of every shape within a thousandth of a millimetre.
  for (const [at, { kind, points, measurementId }] of measurements.slice(0, 12).entries()) {
    const finding = read?.findings[at]
    expect(finding?.trackingUID).toBe(`2.25.${BigInt(`0x${measurementId.replaceAll('-', '')}`)}`)
    for (const shape of finding?.shapes ?? []) expect(shape).toMatchObject({ instanceId: item.instanceId, frame: 0 })
    const given = finding?.shapes.flatMap((shape) => shape.points) ?? []
    if (['ellipse', 'rectangle', 'freehand'].includes(kind)) continue
    expect(given).toHaveLength(points.length)
    for (const [number, point] of points.entries())
      expect(Math.hypot((given[number]?.[0] ?? 0) - point[0], (given[number]?.[1] ?? 0) - point[1]) * 0.5).toBeLessThan(
        0.001,
      )
  }
  const inBody = named('In the body')?.shapes[0]
  expect(inBody).toMatchObject({ type: 'POLYLINE', frameOfReferenceUID: item.image.frameOfReferenceUID })
  const [from, to] = inBody?.points ?? []
  expect(Math.hypot(...[0, 1, 2].map((axis) => (to?.[axis] ?? 0) - (from?.[axis] ?? 0)))).toBeCloseTo(36, 3)
  expect(from?.[0]).toBeCloseTo(-60 + 19.5 * 0.8, 3)
  expect(from?.[2]).toBeCloseTo(118 - 19.5 * 0.8, 3)
  expect(read?.findings[11]?.name).toBe('Größe, ñ, 大')
  const keys = reports.find(({ kind }) => kind === 'keyImages')
  expect(keys?.keyImages).toEqual([
    { instanceId: item.instanceId, seriesId: expect.any(Number), frame: 0, description: 'Nodule' },
  ])
  // The same again is not written twice; another measurement makes another report.
  expect(await ask.reports.write({ studyId })).toMatchObject({ unchanged: true })
  await ask.measurements.remove({ measurementIds: [first?.measurementId ?? ''] })
  expect(await ask.reports.write({ studyId })).toMatchObject({ measurements: 12, unchanged: false })
}, 240_000)

test('a study without measurements has nothing to write', async () => {
  const { rows } = await ask.studies.list({ text: 'Robin' })
  const answer = ask.reports.write({ studyId: rows[0]?.studyId ?? 0 })
  await expect(answer).rejects.toThrow(/Nothing is measured in this study/)
})

test('documents about an X-ray and about one frame of a clip are without fault too', async () => {
  const { rows } = await ask.studies.list({})
  for (const name of ['Milo', 'Robin']) {
    const study = rows.find(({ patientName }) => patientName.includes(name))
    const [series] = await ask.studies.series({ studyId: study?.studyId ?? 0 })
    const [item] = await ask.studies.images({ seriesId: series?.seriesId ?? 0 })
    if (!study || !item) throw new Error(name)
    const frame = item.image.frames > 1 ? 2 : 0
    const common = { instanceId: item.instanceId, frame, name: '', hidden: false, moved: null, knownMm: 0 }
    const heart: [number, number][] = [
      ...([
        [300, 300],
        [300, 500],
        [240, 420],
        [360, 420],
      ] as [number, number][]),
      ...([
        [300, 200],
        [340, 200],
        [380, 200],
        [420, 200],
        [460, 200],
        [510, 200],
      ] as [number, number][]),
    ]
    const measurements = (
      [
        [
          'length',
          [
            [100, 120],
            [300, 120],
          ],
        ],
        ['heartScore', heart],
        [
          'plateau',
          [
            [300, 400],
            [300, 700],
            [240, 380],
            [340, 420],
          ],
        ],
        [
          'norberg',
          [
            [230, 300],
            [200, 330],
            [170, 300],
            [530, 300],
            [500, 330],
            [470, 300],
            [180, 260],
            [500, 250],
          ],
        ],
        ['keyImage', [[0, 0]]],
      ] as [SavedMeasurement['kind'], [number, number][]][]
    ).map(([kind, points]): SavedMeasurement => {
      const measured = measure(kind, points, item.image, frame, undefined)
      if (!measured) throw new Error(kind)
      return { ...common, measurementId: crypto.randomUUID(), kind, points, measured }
    })
    await ask.measurements.save({ measurements })
    expect(await ask.reports.write({ studyId: study.studyId })).toMatchObject({ measurements: 4, keyImages: 1 })
    const stored = await workstation.archive.reader.locate({ studyIds: [study.studyId] })
    const documents = stored.filter(({ sopClassUID }) => sopClassUID.startsWith('1.2.840.10008.5.1.4.1.1.88.'))
    expect(documents.map(({ sopClassUID }) => sopClassUID.split('.').at(-1)).sort()).toEqual(['33', '59'])
    for (const { path } of documents) if (areThere) expect(errorsOf(path)).toEqual([])
    const reports = await ask.reports.list({ studyIds: [study.studyId] })
    const shapes = reports.flatMap(({ findings }) => findings).flatMap((finding) => finding.shapes)
    expect(shapes.length).toBeGreaterThan(5)
    for (const shape of shapes) expect(shape).toMatchObject({ instanceId: item.instanceId, frame })
    expect(reports.flatMap(({ keyImages }) => keyImages)).toMatchObject([{ instanceId: item.instanceId, frame }])
  }
}, 240_000)

/** Where they are missing `npm test` says so and how to get them. */
const areThere = ['dsrdump', 'dciodvfy'].every((program) => spawnSync(program, ['--version']).error === undefined)

/** What dicom3tools finds against the standard. */
function errorsOf(path: string): string[] {
  const said = execFileSync('sh', ['-c', 'dciodvfy -new "$1" 2>&1 || true', 'sh', path], { encoding: 'utf8' })
  return said.split('\n').filter((line) => /^Error/.test(line))
}
