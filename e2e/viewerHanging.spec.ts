import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { expect, test } from './browser/test.ts'
// Brings the type of window.negatoscope.
import type {} from './corpus/readBack.ts'
import type { Connection } from './workstation/connect.ts'

const DX_IMAGE = '1.2.840.10008.5.1.4.1.1.1.1'
const SIDE = 64

function radiographs(
  patient: DataSet,
  studyDate: string,
  views: readonly string[],
  bodyPart: string,
): Uint8Array<ArrayBuffer>[] {
  const common: DataSet = {
    ...patient,
    ...{
      StudyInstanceUID: newUID(),
      SeriesInstanceUID: newUID(),
      StudyDate: studyDate,
      StudyTime: '101500',
      StudyDescription: `Of ${studyDate}`,
    },
    ...{ SOPClassUID: DX_IMAGE, Modality: 'DX', SeriesNumber: 1, BodyPartExamined: bodyPart },
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: SIDE, Columns: SIDE },
    ...{
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      WindowCenter: 2048,
      WindowWidth: 4096,
    },
  }
  return views.map((view, at) =>
    writePart10({
      dataSet: {
        ...common,
        ...{ SOPInstanceUID: newUID(), InstanceNumber: at + 1, ViewPosition: view },
        PixelData: Uint16Array.from({ length: SIDE * SIDE }, (_, pixel) => (pixel * (at + 1)) % 4096),
      },
    }),
  )
}

async function add({ ask, data }: Connection, files: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const { transferId } = await ask.transfers.beginImport({ title: 'hanging', files: files.length })
  for (const body of files) await data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
  await ask.transfers.finishImport({ transferId })
}

const tile = (page: Page, number: number) => page.getByRole('region', { name: new RegExp(`^Tile ${number},`) })
const open = (page: Page, date: string) =>
  page
    .getByRole('row')
    .filter({ hasText: `Of ${date}` })
    .dblclick()
const views = (page: Page, tiles: number) =>
  expect.poll(() =>
    page.evaluate(
      (count) =>
        Array.from({ length: count }, (_, at) => {
          const state = window.negatoscope?.viewer.state(at)
          return state?.status === 'shown' ? state.index : state?.status
        }),
      tiles,
    ),
  )

test('a chest hangs by its views beside the one before, as saved for such studies, and as it was left', async ({
  page,
  workstation,
  connection,
}) => {
  const person = { PatientName: 'Okafor^Ada', PatientID: 'P-1', PatientSex: 'F' }
  await add(connection, [
    ...radiographs(person, '20260102', ['LL', 'PA'], 'CHEST'),
    // Nearer, and perhaps of another one: offered, and not hung.
    ...radiographs({ ...person, PatientName: 'Adams^Ada' }, '20260502', ['LL', 'PA'], 'CHEST'),
    ...radiographs(person, '20260702', ['LL', 'PA'], 'CHEST'),
  ])
  await page.goto(workstation.url)
  await open(page, '20260702')
  // Frontal, lateral, and the frontal one of half a year ago.
  await views(page, 3).toEqual([1, 0, 1])
  await expect(tile(page, 3)).toContainText('Earlier by 5 months')
  await expect(page.getByRole('button', { name: 'Layout 1 × 3' })).toBeVisible()
  const rail = page.getByRole('navigation', { name: 'Series' })
  await expect(rail.getByRole('button', { name: /2026-01-02/ })).toHaveAttribute('aria-expanded', 'true')
  await expect(rail.getByRole('button', { name: /2026-01-02/ })).not.toContainText('Perhaps')
  const perhaps = rail.getByRole('button', { name: /2026-05-02/ })
  await expect(perhaps).toHaveAttribute('aria-expanded', 'false')
  await expect(perhaps).toContainText('Perhaps another patient: Adams, Ada (same patient ID, another family or owner)')

  // Another layout, saved for such studies.
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: '1 × 2', exact: true }).click()
  await tile(page, 2).click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('i')
  await expect(tile(page, 2)).toContainText('Inverted')
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: 'Save this layout for' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this layout for' })
  await expect(dialog.getByLabel('Modality')).toHaveValue('DX')
  await expect(dialog.getByLabel('Species')).toHaveValue('person')
  await dialog.getByLabel('Name').fill('Frontal twice')
  await dialog.getByRole('button', { name: 'Save layout' }).click()
  await expect(page.getByText('Studies like this one are hung by “Frontal twice”')).toBeVisible()

  // The other study of the kind hangs like it.
  await page.keyboard.press('Escape')
  await open(page, '20260102')
  await views(page, 2).toEqual([1, 1])
  await expect(tile(page, 2)).toContainText('Inverted')

  // The first one hangs as it was left, also after it was scrolled.
  await page.keyboard.press('Escape')
  await open(page, '20260702')
  await views(page, 2).toEqual([1, 1])
  await tile(page, 1).click()
  await page.keyboard.press('ArrowUp')
  await views(page, 1).toEqual([0])
  await page.keyboard.press('Escape')
  await open(page, '20260702')
  await views(page, 2).toEqual([0, 1])

  // What a person puts beside is told of, too.
  await perhaps.click()
  // Once its series has come: until then the next button is another study.
  const series = rail.getByRole('button').filter({ hasText: 'DX CHEST' })
  await expect(series).toHaveCount(3)
  await series.nth(1).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Perhaps two patients side by side:' })).toContainText(
    /Adams, Ada, P-1.*\(same patient ID, another family or owner\)/,
  )
})

test('the list of protocols is edited, exported, imported; a wrong file is answered by a sentence', async ({
  page,
  workstation,
  connection,
  folder,
}) => {
  const dog = { PatientName: 'Bruno', PatientID: 'V-1', PatientSpeciesDescription: 'Canine', PatientSex: 'M' }
  await add(connection, radiographs(dog, '20260702', ['VD', 'LL', 'RL'], 'THORAX'))
  await page.goto(workstation.url)
  await open(page, '20260702')
  await views(page, 3).toEqual([2, 1, 0])
  await page.getByRole('button', { name: /^Layout/ }).click()
  await expect(page.getByText('Hung by: Animal thorax, three views')).toBeVisible()
  await page.getByRole('menuitem', { name: 'Hanging protocols' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hanging protocols' })
  const rows = dialog.getByRole('listitem')
  const first = (await rows.first().locator('span').first().textContent()) ?? ''
  await dialog
    .getByRole('button', { name: /^Move .* down$/ })
    .first()
    .click()
  await expect(rows.nth(1)).toContainText(first)
  const box = dialog.getByRole('checkbox', { name: 'Use Animal thorax, three views' })
  await box.click()
  await expect(box).not.toBeChecked()
  await dialog.getByRole('button', { name: 'Edit Animal, lateral and straight', exact: true }).click()
  const edit = page.getByRole('dialog', { name: 'Hanging protocol', exact: true })
  await edit.getByLabel('Name').fill('Straight and lateral')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Straight and lateral', { exact: true })).toBeVisible()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const path = join(folder, 'protocols.json')
  await (await download).saveAs(path)
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ negatoscope: 'hanging-protocols', version: 1 })
  await dialog.getByRole('button', { name: 'Delete Straight and lateral' }).click()
  await expect(dialog.getByText('Straight and lateral', { exact: true })).toHaveCount(0)
  const file = dialog.getByLabel('File with hanging protocols')
  await file.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"negatoscope":"no"}'),
  })
  await expect(dialog.getByRole('alert')).toContainText('This is not a list of hanging protocols')
  await file.setInputFiles(path)
  await expect(dialog.getByText('Straight and lateral', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: 'Hang anew' }).click()
  await views(page, 2).toEqual([1, 0])
  await page.getByRole('button', { name: /^Layout/ }).click()
  await expect(page.getByText('Hung by: Straight and lateral')).toBeVisible()
})
