import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seriousViolations } from './browser/axe.ts'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

const PICTURES = process.env.PICTURES
const banner = (page: Page) => page.getByRole('complementary', { name: 'Practice' })
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('on the first day, without a device: request, worklist, images, viewer, sent; then all of it is removed', async ({
  folder,
  page,
}) => {
  test.setTimeout(360_000)
  const dataFolder = join(folder, 'first')
  await using workstation = await startWorkstation({ dataFolder, unconfirmed: true })
  await page.goto(workstation.url)
  await page.getByRole('button', { name: 'Practise without a device' }).click()
  await expect(banner(page)).toContainText('Nobody here is a patient')
  await expect(page).toHaveTitle('Practice - Negatoscope')
  await expect(column(page, 'Scheduled')).toContainText('Nothing is planned')

  await page.keyboard.press('Alt+p')
  const device = page.getByRole('dialog', { name: 'Practice device' })
  await expect(device).toContainText('Its worklist is empty')
  await device.getByRole('button', { name: 'Request CT' }).click()
  await expect(device.getByRole('row', { name: /Thorax, CT/ })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await device.getByRole('button', { name: 'Examine' }).click()
  await expect(device.getByRole('status')).toContainText('is examined', { timeout: 30_000 })
  await expect(device.getByRole('list', { name: 'What it said' }).getByRole('listitem')).toHaveText([
    'N-CREATE, IN PROGRESS',
    'C-STORE, 40 of 40',
    'N-SET, COMPLETED',
  ])
  await expect(device).toContainText('Its worklist is empty')
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/practice-device.png` })

  await page.keyboard.press('Escape')
  await expect(column(page, 'Done')).toContainText('40 images')
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/practice-desk.png` })
  await column(page, 'Done').locator('[data-card]').click()
  await expect(page.getByRole('main', { name: 'viewer' })).toBeVisible()
  await expect(banner(page)).toBeVisible()

  await page.keyboard.press('Alt+1')
  await studyRow(page, 'Thorax, CT').click()
  await page.getByRole('region', { name: 'Selected study' }).getByRole('button', { name: 'Send' }).click()
  const send = page.getByRole('dialog')
  await send.getByRole('checkbox', { name: /Practice PACS/ }).check()
  await send.getByRole('button', { name: /^Send/ }).click()
  await goTo(page, 'Transfers')
  await expect(page.getByRole('row', { name: /Practice PACS/ })).toContainText('Proved', { timeout: 20_000 })

  await banner(page).getByRole('button', { name: 'Remove all test data' }).click()
  const removal = page.getByRole('dialog', { name: 'Remove all test data?' })
  expect(await seriousViolations(page)).toEqual([])
  await removal.getByRole('button', { name: 'Remove', exact: true }).click()
  // Back where it began: nothing listens, nothing is here.
  await expect(page.getByRole('button', { name: 'Start receiving' })).toBeVisible()
  await expect(banner(page)).toBeHidden()
  expect(existsSync(join(dataFolder, 'practice'))).toBe(false)
})
