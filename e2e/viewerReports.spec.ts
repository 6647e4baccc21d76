import type { Page } from '@playwright/test'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { expect, test } from './browser/test.ts'
import { drag, list, open, state, tile } from './browser/viewerStudies.ts'
import type { Connection } from './workstation/connect.ts'

async function firstImage({ ask }: Connection, name: string) {
  const [study] = (await ask.studies.list({ text: name })).rows
  const [series] = await ask.studies.series({ studyId: study?.studyId ?? 0 })
  const [item] = await ask.studies.images({ seriesId: series?.seriesId ?? 0 })
  if (!study || !series || !item) throw new Error(`no image of ${name}`)
  return { study, series, item }
}

const codeOf = (value: string, meaning: string): DataSet => ({
  CodeValue: value,
  CodingSchemeDesignator: '99TEST',
  CodeMeaning: meaning,
})

/** As another vendor writes it: no measurement groups, and a number that points at its line elsewhere in the tree. */
function foreignReport(
  studyInstanceUID: string,
  image: { sopClassUID: string; sopInstanceUID: string },
): Uint8Array<ArrayBuffer> {
  const reference: DataSet = {
    ReferencedSOPClassUID: image.sopClassUID,
    ReferencedSOPInstanceUID: image.sopInstanceUID,
  }
  const line: DataSet = {
    ...{ RelationshipType: 'CONTAINS', ValueType: 'SCOORD', GraphicType: 'POLYLINE' },
    GraphicData: Float32Array.of(100, 200, 180, 200),
    ContentSequence: [{ RelationshipType: 'SELECTED FROM', ValueType: 'IMAGE', ReferencedSOPSequence: [reference] }],
  }
  const value: DataSet = {
    ...{ RelationshipType: 'CONTAINS', ValueType: 'NUM', ConceptNameCodeSequence: [codeOf('W', 'Wall thickness')] },
    MeasuredValueSequence: [{ NumericValue: '40', MeasurementUnitsCodeSequence: [codeOf('mm', 'millimeter')] }],
    ContentSequence: [
      { RelationshipType: 'INFERRED FROM', ReferencedContentItemIdentifier: { vr: 'UL', value: [1, 1, 1] } },
    ],
  }
  return writePart10({
    dataSet: {
      ...{ SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.33', SOPInstanceUID: newUID(), SeriesInstanceUID: newUID() },
      ...{ StudyInstanceUID: studyInstanceUID, PatientName: 'Demo^Bella', PatientID: 'DEMO-001', Modality: 'SR' },
      ...{
        Manufacturer: 'Elsewhere',
        ContentDate: '20250101',
        ContentTime: '080000',
        SeriesNumber: 7,
        InstanceNumber: 1,
      },
      ...{ ValueType: 'CONTAINER', ConceptNameCodeSequence: [codeOf('R', 'Findings elsewhere')] },
      ContentSequence: [
        {
          ...{
            RelationshipType: 'CONTAINS',
            ValueType: 'CONTAINER',
            ConceptNameCodeSequence: [codeOf('S', 'Section')],
          },
          ContentSequence: [line, value],
        },
      ],
    },
  })
}

const reportLines = (page: Page) => tile(page).locator('svg[data-reports] g')

test('measurements and key images are written into the study and read back, those of other vendors too', async ({
  page,
  workstation,
  connection,
}) => {
  await connection.ask.settings.addDemoStudies({})
  const { study, item } = await firstImage(connection, 'Bella')
  await open(page, workstation.url, 'Bella')
  await page.keyboard.press('l')
  await drag(page, [100, 100], [180, 100])
  await page.keyboard.press('w')
  await page.keyboard.press('m')
  await expect(tile(page)).toContainText('Key image')
  await expect(page.getByRole('button', { name: 'Key image', exact: true })).toHaveAttribute('aria-pressed', 'true')
  const panel = list(page)
  await panel.getByRole('button', { name: 'Write into the study (SR, KO)' }).click()
  await expect(page.getByText('Written into the study: 1 measurement and 1 key image.')).toBeVisible()
  const own = panel.getByRole('region', { name: /Imaging Measurement Report/ })
  await expect(own).toContainText('40.0 mm'.replace('.0', ''))
  await expect(own).toContainText('Negatoscope')
  await expect(panel.getByRole('region', { name: /Of Interest/ })).toContainText('Key image 1')
  // While the measurement is here it is drawn once; without it the report shows it.
  await expect(reportLines(page)).toHaveCount(0)
  await panel
    .getByRole('button', { name: /^Length/ })
    .first()
    .click()
  await page.keyboard.press('Delete')
  await expect(reportLines(page)).toHaveCount(1)
  await own.getByRole('button', { name: /^Hide/ }).click()
  await expect(reportLines(page)).toHaveCount(0)

  const { transferId } = await connection.ask.transfers.beginImport({ title: 'report', files: 1 })
  const body = foreignReport(study.studyInstanceUID, item.image)
  await connection.data(`/data/import/${transferId}?name=report.dcm`, { method: 'PUT', body })
  await connection.ask.transfers.finishImport({ transferId })
  const foreign = panel.getByRole('region', { name: /Findings elsewhere/ })
  await expect(foreign).toContainText('Wall thickness')
  await page.keyboard.press('End')
  await expect(reportLines(page)).toHaveCount(0)
  await foreign.getByRole('button', { name: /Wall thickness/ }).click()
  await expect.poll(async () => (await state(page))?.instanceId).toBe(item.instanceId)
  await expect(reportLines(page)).toHaveCount(1)
  await expect(reportLines(page)).toContainText('40 mm')
})
