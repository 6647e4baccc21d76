import { join } from 'node:path'
import { seriousViolations } from './browser/axe.ts'
import { chooseSource, goTo, search, searchAll, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT } from './conformance/demoFiles.ts'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'
import { addServer } from './workstation/addServer.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'
import { transferWhere } from './workstation/transferEnd.ts'

const PICTURES = process.env.PICTURES
/** A retrieve on a machine that does much else. */
const LONG = { timeout: 60_000 }

test('studies come by selecting, by asking and out of a folder; the list says what is missing, and only that is asked for', async ({
  workstation,
  connection,
  page,
  folder,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  await using pacs = await startWorkstation({ dataFolder: join(folder, 'pacs'), aeTitle: 'PACS', enable: 'qr' })
  using there = await connect(pacs.url)
  await there.ask.settings.addDemoStudies({})
  const store = async (numbers: number[]) => {
    const sender = await StoreSender.open(pacs.dicomPort, pacs.aeTitle)
    const image = ctSeries({ series: 1, rows: 64 })
    for (const number of numbers) expect((await sender?.store(image(number)))?.status).toBe(0)
    await sender?.release()
  }
  await store([1, 2, 3])
  const server = { aeTitle: 'PACS', port: pacs.dicomPort, retrieveBy: 'get' as const }
  const usual = { folder: '', searchLimit: 500 }
  await addServer(ask, { name: 'Narrow', ...server, retrieving: { ...usual, mode: 'button', searchLimit: 1 } })
  await addServer(ask, { name: 'Quick', ...server, retrieving: { ...usual, mode: 'select' } })
  const stored = join(pacs.dataFolder, 'storage')
  await addServer(ask, { name: 'Shelf', ...server, retrieving: { ...usual, mode: 'folder', folder: stored } })
  await page.goto(workstation.url)

  await chooseSource(page, 'Narrow')
  await searchAll(page, 'Demo', 1)
  await expect(page.getByText('Showing the first 1 of Narrow')).toBeVisible()

  await chooseSource(page, 'Quick')
  await searchAll(page, 'bella', 1)
  await studyRow(page, CT_PATIENT).click()
  await expect(studyRow(page, CT_PATIENT)).toContainText('All here', LONG)

  // A part, then the rest: what is here already is not asked for again.
  await searchAll(page, 'crash', 1)
  await studyRow(page, 'Crash, Series1').click()
  await expect(studyRow(page, 'Crash, Series1')).toContainText('All here', LONG)
  await store([4, 5])
  await searchAll(page, 'crash', 1)
  await expect(studyRow(page, 'Crash, Series1')).toContainText('3 of 5 here', LONG)
  await chooseSource(page, 'This workstation')
  await search(page, '')
  const local = page.getByRole('grid', { name: 'Studies' })
  const row = local.getByRole('row').filter({ hasText: 'Crash, Series1' })
  await expect(row).toContainText('3 of 5 here', LONG)
  await expect(local.getByRole('row').filter({ hasText: CT_PATIENT })).toContainText('Complete', LONG)
  await row.click()
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/study-state.png` })
  await page.getByRole('button', { name: /^3 of 5 images that Quick has/ }).click()
  const dialog = page.getByRole('dialog', { name: 'How the images came' })
  await expect(dialog.getByRole('table', { name: 'Images by arrival' }).getByRole('row')).toHaveCount(4)
  await expect(dialog.getByRole('list', { name: 'Sources' })).toContainText('Retrieved from PACS')
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/arrivals.png` })
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await row.dblclick()
  await expect(page.getByRole('alert').filter({ hasText: 'Only a part of this study is here' })).toContainText('3 of 5')
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/part-warning.png` })

  await page.getByRole('button', { name: 'Back to studies' }).click()
  await chooseSource(page, 'Shelf')
  await searchAll(page, 'crash', 1)
  await studyRow(page, 'Crash, Series1').click()
  await page.getByRole('button', { name: /^Retrieve/ }).click()
  await expect(studyRow(page, 'Crash, Series1')).toContainText('All here', LONG)
  const [last] = await ask.transfers.history({ kind: 'retrieve' })
  expect(await transferWhere(ask, last?.transferId ?? '', ({ endedAt }) => endedAt !== null)).toMatchObject({
    ...{ state: 'done', peer: 'Shelf', done: 5, duplicates: 3 },
  })
  await chooseSource(page, 'This workstation')
  await expect(row).toContainText('Complete', LONG)
  await goTo(page, 'Servers')
  await page.getByRole('option', { name: /^Shelf/ }).click()
  await page.getByText('Retrieving and limits').click()
  await expect(page.getByLabel('Storage folder')).toHaveValue(stored)
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/retrieve-mode.png` })
})
