import { join } from 'node:path'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { answers, freePort } from './peers/freePort.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

test('a fresh installation listens only after its name and port are confirmed', async ({ folder, page }) => {
  const dataFolder = join(folder, 'fresh')
  await using workstation = await startWorkstation({ dataFolder, unconfirmed: true })
  expect(workstation.dicomPort).toBe(0)
  const port = await freePort()
  await page.goto(workstation.url)
  await expect(page.getByText('Nothing listens on the network until you press Start')).toBeVisible()
  await page.getByLabel('AE title', { exact: true }).fill('CLINIC_WS')
  await page.getByLabel('Port', { exact: true }).fill(String(port))
  expect(await answers(port)).toBe(false)
  await page.getByRole('button', { name: 'Start receiving' }).click()
  await expect(page.getByRole('region', { name: 'Workstation status' })).toContainText(`CLINIC_WS`)
  await expect.poll(() => answers(port)).toBe(true)
})

test('the demo patients can be added, and opened', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await page.getByRole('main').getByRole('button', { name: /^Add/ }).first().click()
  await expect(studyRow(page, 'Demo, Bella')).toBeVisible()
  await expect(studyRow(page, 'Demo, Milo')).toBeVisible()
  await expect(studyRow(page, 'Demo, Robin')).toBeVisible()
  await goTo(page, 'Transfers')
  await expect(studyRow(page, '62 of 62')).toBeVisible()
})
