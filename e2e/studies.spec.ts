import { join } from 'node:path'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT, writeDemoFiles, XRAY_PATIENT } from './conformance/demoFiles.ts'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'

test('images appear in the list by themselves, while they arrive', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
  const instances = ctSeries({ series: 1, rows: 64 })
  const listed = studyRow(page, 'Crash, Series1')
  for (const count of [1, 2, 3]) {
    expect((await sender?.store(instances(count)))?.status).toBe(0x0000)
    await expect(listed).toBeVisible({ timeout: 60_000 })
    await expect(listed.getByRole('gridcell', { name: String(count), exact: true }).last()).toBeVisible({
      timeout: 60_000,
    })
  }
  await sender?.release()
})

test('files are imported from the page, once', async ({ folder, workstation, connection, page }) => {
  const files = writeDemoFiles(join(folder, 'files'))
  await page.goto(workstation.url)
  const input = page.getByLabel('Files to import').first()
  await input.setInputFiles(files)
  await expect(studyRow(page, CT_PATIENT)).toBeVisible({ timeout: 60_000 })
  const instances = async () =>
    (await connection.ask.studies.list({})).rows.reduce((sum, row) => sum + row.instances, 0)
  await expect.poll(instances, { timeout: 60_000 }).toBe(files.length)
  await input.setInputFiles(files)
  await goTo(page, 'Transfers')
  await expect(
    page.getByRole('grid', { name: 'Transfers' }).getByRole('row').filter({ hasText: 'Import' }),
  ).toHaveCount(2)
  expect(await instances()).toBe(files.length)
})

test('the list is searched, filtered and sorted', async ({ workstation, connection, page }) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search studies' }).fill('milo')
  await expect(studyRow(page, CT_PATIENT)).toBeHidden()
  await expect(studyRow(page, XRAY_PATIENT)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search studies' }).fill('')
  await page.getByRole('group', { name: 'Modality' }).getByRole('button', { name: 'CT', exact: true }).click()
  await expect(studyRow(page, XRAY_PATIENT)).toBeHidden()
  await page.getByRole('group', { name: 'Modality' }).getByRole('button', { name: 'Any' }).click()
  const byDate = page.getByRole('radiogroup', { name: 'Study date' })
  await byDate.getByText('Range').click()
  const range = page.getByRole('dialog', { name: 'Date range' })
  const [from, to] = [range.getByLabel('From', { exact: true }), range.getByLabel('To', { exact: true })]
  await from.fill('21.11.2026')
  await to.fill('19991231')
  await expect(range).toContainText('A day is written as 2026-11-21.')
  await expect(studyRow(page, CT_PATIENT)).toBeHidden()
  await from.fill('2000-01-01')
  await expect(to).toHaveValue('1999-12-31')
  await expect(range).toContainText('It ends before it begins.')
  await to.fill('')
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await page.keyboard.press('Escape')
  await byDate.getByText('All').click()
  await page.getByRole('columnheader', { name: 'Patient' }).getByRole('button').click()
  const first = page.getByRole('row').filter({ hasText: 'Demo, ' }).first()
  await expect(first).toContainText(CT_PATIENT)
  await page.getByRole('columnheader', { name: 'Patient' }).getByRole('button').click()
  await expect(first).toContainText('Demo, Robin')
})

test('a study is deleted, and taken back', async ({ workstation, connection, page }) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  // Nothing moves when a study is selected: the second click of a double click must find what the first one found.
  const [list, strip] = [
    page.getByRole('grid', { name: 'Studies' }),
    page.getByRole('region', { name: 'Selected study' }),
  ]
  await expect(strip).toContainText('Select a study')
  const room = await list.boundingBox()
  await studyRow(page, XRAY_PATIENT).click()
  await expect(strip.getByRole('button', { name: 'Open' })).toBeVisible()
  expect(await list.boundingBox()).toEqual(room)
  await page.keyboard.press('Delete')
  const confirm = page.getByRole('dialog').getByRole('button', { name: /Delete|trash/i })
  if (await confirm.isVisible()) await confirm.click()
  await expect(studyRow(page, XRAY_PATIENT)).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(studyRow(page, XRAY_PATIENT)).toBeVisible()
})

test('the keyboard alone opens a study', async ({ workstation, connection, page }) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await studyRow(page, CT_PATIENT).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('bella')
  await expect(studyRow(page, XRAY_PATIENT)).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'viewer' })).toContainText('Bella')
})

test('owner, species and birth date are searched by fields of their own', async ({ workstation, connection, page }) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  const add = async (field: string) => {
    await page.getByRole('button', { name: 'Field', exact: true }).click()
    await page.getByRole('menuitemcheckbox', { name: field }).click()
    await page.keyboard.press('Escape')
  }
  await add('Species')
  await page.getByLabel('Species', { exact: true }).fill('cat')
  await expect(studyRow(page, CT_PATIENT)).toBeHidden()
  await expect(studyRow(page, XRAY_PATIENT)).toBeVisible()
  await page.getByRole('button', { name: 'Remove species' }).click()
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await add('Owner')
  await page.getByLabel('Owner', { exact: true }).fill('owner a')
  await expect(studyRow(page, XRAY_PATIENT)).toBeHidden()
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await page.getByRole('button', { name: 'Remove owner' }).click()
  await add('Birth date')
  const birthDate = page.getByLabel('Birth date', { exact: true })
  const [bella] = (await connection.ask.studies.list({ text: 'bella' })).rows
  await birthDate.fill(bella?.patientBirthDate.slice(0, 4) ?? '')
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await birthDate.fill('1800')
  await expect(page.getByText('No study matches')).toBeVisible()
  await birthDate.fill('12.04.2018')
  await expect(page.getByText('A birth date is typed as 2018, 2018-04 or 2018-04-12.')).toBeVisible()
})
