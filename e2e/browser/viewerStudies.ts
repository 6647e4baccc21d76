import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { test as base, expect } from './test.ts'

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2'
const PET_IMAGE = '1.2.840.10008.5.1.4.1.1.128'
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1'

function patient(name: string): DataSet {
  return {
    PatientName: name,
    PatientID: `ID-${name}`,
    StudyDate: '20260102',
    StudyTime: '101500',
    StudyInstanceUID: newUID(),
    SeriesInstanceUID: newUID(),
    SOPInstanceUID: newUID(),
  }
}

function grey(rows: number, columns: number, fill: (at: number) => number): DataSet {
  return {
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: rows, Columns: columns },
    ...{ BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 0 },
    PixelData: Uint16Array.from({ length: rows * columns }, (_, at) => fill(at)),
  }
}

/** Rows 1 mm, columns 0.5 mm apart, 1.5 mm between slices: water, and in its middle a disc of 20 mm radius that has 60 HU. */
export const UNEQUAL = {
  rows: 150,
  columns: 200,
  down: 1,
  across: 0.5,
  gap: 1.5,
  slices: 24,
  radius: 20,
  hu: 60,
} as const

function* unequalPixels(name: string): Iterable<Uint8Array<ArrayBuffer>> {
  const { rows, columns, down, across, gap, slices, radius, hu } = UNEQUAL
  const ofDisc = (at: number) => {
    const [x, y] = [((at % columns) + 0.5 - columns / 2) * across, (Math.floor(at / columns) + 0.5 - rows / 2) * down]
    return Math.hypot(x, y) <= radius ? 1024 + hu : 1024
  }
  const common: DataSet = {
    ...patient(name),
    ...{ SOPClassUID: CT_IMAGE, Modality: 'CT', SeriesDescription: 'Disc', FrameOfReferenceUID: newUID() },
    ...{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0], PixelSpacing: [down, across] },
    ...{ RescaleSlope: 1, RescaleIntercept: -1024, RescaleType: 'HU', WindowCenter: 40, WindowWidth: 400 },
    ...grey(rows, columns, ofDisc),
  }
  for (let at = 0; at < slices; at += 1) {
    const place = { InstanceNumber: at + 1, ImagePositionPatient: [0, 0, at * gap] }
    yield writePart10({ dataSet: { ...common, ...place, SOPInstanceUID: newUID() } })
  }
}

function* files(): Iterable<Uint8Array<ArrayBuffer>> {
  for (const name of ['Evans', 'Ingram', 'Lund']) {
    const studyInstanceUID = newUID()
    const common = { ...patient(name), StudyInstanceUID: studyInstanceUID }
    for (const dataSet of ctPhantom({ common, studyInstanceUID, seed: `tools/${name}`, slices: 6 })) {
      yield writePart10({ dataSet })
    }
  }
  yield* unequalPixels('Moss')
  // Pixels of no known size, with a shutter and an overlay.
  yield writePart10({
    dataSet: {
      ...patient('Frost'),
      ...{
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
        Modality: 'OT',
        SeriesDescription: 'Film',
        WindowCenter: 500,
        WindowWidth: 1000,
      },
      ...grey(200, 200, () => 1000),
      ...{ ShutterShape: 'CIRCULAR', CenterOfCircularShutter: [100.5, 100.5], RadiusOfCircularShutter: 60 },
      ...{ 60000010: { vr: 'US', value: 16 }, 60000011: { vr: 'US', value: 16 } },
      ...{ 60000040: { vr: 'CS', value: 'G' }, 60000050: { vr: 'SS', value: [93, 93] } },
      60003000: { vr: 'OW', value: new Uint8Array(32).fill(255) },
    },
  })
  yield writePart10({
    dataSet: {
      ...patient('Grant'),
      ...{ SOPClassUID: PET_IMAGE, Modality: 'PT', SeriesDescription: 'FDG', Units: 'BQML', DecayCorrection: 'START' },
      ...{
        CorrectedImage: ['ATTN', 'DECY'],
        PatientWeight: 70,
        PatientSize: 1.75,
        PatientSex: 'F',
        PixelSpacing: [4, 4],
      },
      ...{ SeriesDate: '20260102', SeriesTime: '110000', AcquisitionDate: '20260102', AcquisitionTime: '110000' },
      RadiopharmaceuticalInformationSequence: [
        { RadiopharmaceuticalStartTime: '110000', RadionuclideTotalDose: 350_000_000, RadionuclideHalfLife: 6586 },
      ],
      ...grey(64, 64, () => 10_000),
      ...{ '00990010': { vr: 'LO', value: 'ACME 1.1' }, '00991001': { vr: 'LO', value: 'inner value' } },
    },
  })
  yield writePart10({
    dataSet: {
      ...patient('Hart'),
      ...{ SOPClassUID: ENCAPSULATED_PDF, Modality: 'DOC', SeriesDescription: 'Letter' },
      EncapsulatedDocument: new TextEncoder().encode('%PDF-1.4\nblood'),
    },
  })
}

export const test = base.extend<object, { url: string }>({
  url: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      using folder = temporaryFolder()
      await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
      using connection = await connect(workstation.url)
      const all = [...files()]
      const { transferId } = await connection.ask.transfers.beginImport({ title: 'tools', files: all.length })
      for (const body of all) {
        const answer = await connection.data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
        expect(await answer.json()).toMatchObject({ outcome: 'stored' })
      }
      await connection.ask.transfers.finishImport({ transferId })
      await use(workstation.url)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

export const tile = (page: Page, number = 1) => page.getByRole('region', { name: new RegExp(`^Tile ${number},`) })
export const state = (page: Page) => page.evaluate(() => window.negatoscope?.viewer.state(0))
export const list = (page: Page) => page.getByRole('complementary', { name: 'Measurements and facts' })
export const drawn = (page: Page, kind: string) => tile(page).locator(`svg g[data-kind="${kind}"]`)

export async function open(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('row').filter({ hasText: name }).dblclick()
  await expect.poll(async () => (await state(page))?.status).toMatch(/shown|message/)
}

/** Where the outer corner of a pixel lies in the page, half a pixel before its centre, once the image is drawn. */
export async function place(page: Page, pixel: readonly [number, number]): Promise<{ x: number; y: number }> {
  const found = await page.waitForFunction((at) => {
    const viewer = window.negatoscope?.viewer
    const [x, y] = viewer?.imageToCanvas(0, [at[0] - 0.5, at[1] - 0.5]) ?? []
    const box = viewer?.canvas(0)?.getBoundingClientRect()
    return x === undefined || y === undefined || !box ? undefined : { x: box.x + x, y: box.y + y }
  }, pixel)
  const there = await found.jsonValue()
  if (!there) throw new Error('No image is drawn')
  return there
}

export async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const [start, end] = [await place(page, from), await place(page, to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2)
  await page.mouse.move(end.x, end.y)
  await page.mouse.up()
}
