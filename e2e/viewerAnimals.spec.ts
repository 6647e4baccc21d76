import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { xrayPhantom } from '#electron/demo/xrayPhantom.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { list, open, place, tile } from './browser/viewerStudies.ts'
import type { Connection } from './workstation/connect.ts'

/** Clicks landmark after landmark, in pixels of the image. */
async function landmarks(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  for (const point of points) {
    const { x, y } = await place(page, point)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.up()
  }
}

/** A chest of the same cat a year and a half before, with a score of 8.4. */
async function addEarlier({ ask, data }: Connection): Promise<void> {
  const studyInstanceUID = newUID()
  const patient = { PatientName: 'Demo^Milo', PatientID: 'DEMO-002', IssuerOfPatientID: 'NEGATOSCOPE-DEMO' }
  const study = { StudyInstanceUID: studyInstanceUID, StudyDate: '20250301', StudyTime: '090000' }
  const common = { ...patient, ...study, PatientBirthDate: '20210401', StudyDescription: 'Control' }
  const { transferId } = await ask.transfers.beginImport({ title: 'earlier', files: 1 })
  const body = writePart10({ dataSet: xrayPhantom({ common, studyInstanceUID, seed: 'earlier' }) })
  await data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
  await ask.transfers.finishImport({ transferId })
  const [earlier] = (await ask.studies.list({ text: 'Control' })).rows
  const [series] = await ask.studies.series({ studyId: earlier?.studyId ?? 0 })
  const [image] = await ask.studies.images({ seriesId: series?.seriesId ?? 0 })
  await ask.measurements.save({
    measurements: [
      {
        ...{ measurementId: randomUUID(), instanceId: image?.instanceId ?? 0, frame: 0, kind: 'heartScore' },
        ...{ points: [[1, 1]], name: '', hidden: false, moved: null, knownMm: 0 },
        measured: {
          ...{ kind: 'heartScore', score: 8.4, long: 4.6, short: 3.8 },
          ...{ longLength: 46, shortLength: 38, unit: 'mm', source: 'detector' },
        },
      },
    ],
  })
}

const guide = (page: Page) => tile(page).getByRole('status')

test('a vertebral heart score is taken landmark by landmark, told beside its ranges, and written into the study', async ({
  page,
  workstation,
  connection,
}) => {
  await connection.ask.settings.addDemoStudies({})
  await addEarlier(connection)
  await open(page, workstation.url, 'Thorax, with ruler')
  await page.keyboard.press('v')
  await expect(guide(page)).toContainText('ventral edge of the left main bronchus')
  await landmarks(page, [
    [300, 300],
    [300, 500],
    [240, 420],
    [300, 999],
  ])
  await expect(guide(page)).toContainText('cranial edge of T4')
  // The last one went wrong.
  await page.keyboard.press('Backspace')
  await expect(guide(page)).toContainText('click the other side')
  await landmarks(page, [
    [360, 420],
    [300, 200],
    [340, 200],
    [380, 200],
    [420, 200],
    [460, 200],
  ])
  await expect(guide(page)).toContainText('caudal edge of T8')
  await landmarks(page, [[510, 200]])
  // 200 pixels are four vertebrae of 40 and 40 of 50; 120 are three.
  const result = list(page).getByRole('region', { name: 'Vertebral heart score' })
  await expect(result).toContainText('7.8 v')
  await expect(result).toContainText('All cats')
  await expect(result).toContainText('7.6 to 8.6')
  await expect(result).toContainText('Within the range (8.1 ± 0.5 v)')
  await expect(result).toContainText('Litster and Buchanan, JAVMA 2000')
  // What it was before.
  await expect(result).toContainText('2025-03-01')
  await expect(result).toContainText('8.4 v')
  await expect(list(page)).toContainText('Measurement aid')
  await expect(tile(page)).toContainText('T8')
  await list(page).getByRole('button', { name: 'Write into the study (SR, KO)' }).click()
  const report = list(page).getByRole('region', { name: /Imaging Measurement Report/ })
  await expect(report).toContainText('Vertebral heart score 7.8 v')

  // The clinic reads by another table.
  await page.keyboard.press('w')
  await page.keyboard.press('Escape')
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Ranges of the vertebral heart score' }).click()
  const table = page.getByRole('table', { name: 'Ranges of the vertebral heart score' })
  await table.getByRole('button', { name: /^Edit all of cat, Default/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Range of the vertebral heart score', exact: true })
  await dialog.getByLabel('Mean').fill('nine')
  await expect(dialog.getByText('A number, such as 9.7.')).toBeVisible()
  await dialog.getByLabel('Mean').fill('7.0')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(table).toContainText('7.0 ± 0.5')
})

test('Norberg and tibial plateau angles are guided and have the angles of their landmarks', async ({
  page,
  workstation,
  connection,
}) => {
  await connection.ask.settings.addDemoStudies({})
  await open(page, workstation.url, 'Milo')
  await page.keyboard.press('Shift+V')
  const around = (x: number): [number, number][] => [
    [x + 30, 300],
    [x, 330],
    [x - 30, 300],
  ]
  await expect(guide(page)).toContainText('Step 1 of 8')
  // Straight up is a right angle, 20 to the side of 40 up adds atan(1/2).
  await landmarks(page, [...around(200), ...around(500), [180, 260], [500, 250]])
  const hips = list(page).getByRole('region', { name: 'Norberg angle' })
  await expect(hips).toContainText('116.6°')
  await expect(hips).toContainText('90.0°')
  await expect(hips).toContainText('Below 105° on one side at least')
  await page.keyboard.press('Shift+P')
  await landmarks(page, [
    [300, 400],
    [300, 700],
    [240, 380],
    [340, 420],
  ])
  await expect(list(page).getByRole('region', { name: 'Tibial plateau angle' })).toContainText('21.8°')
})
