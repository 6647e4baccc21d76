import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seriousViolations } from './browser/axe.ts'
import { chooseSource, goTo, searchAll, studyRow, testConnection } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT, writeDemoFiles } from './conformance/demoFiles.ts'
import { dcmsend, startDcmqrscp } from './peers/dcmtk.ts'
import { freePort } from './peers/freePort.ts'
import { addServer } from './workstation/addServer.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

const themes = ['dark', 'light', 'high-contrast'] as const

/** Menus and dialogs fade in; half-way their contrast is nobody's. */
async function check(page: Page, where: string): Promise<void> {
  await page.waitForTimeout(250)
  expect.soft(await seriousViolations(page), where).toEqual([])
}

for (const theme of themes) {
  test(`no page has a serious fault of accessibility: ${theme}`, async ({ folder, workstation, connection, page }) => {
    test.setTimeout(240_000)
    const { ask } = connection
    await ask.settings.update({ theme })
    await page.goto(workstation.url)
    await expect(page.getByText('No studies yet')).toBeVisible()
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme)
    await check(page, 'Studies, empty')
    await goTo(page, 'Servers')
    await expect(page.getByText('No server yet')).toBeVisible()
    await check(page, 'Servers, empty')
    await goTo(page, 'Transfers')
    await expect(page.getByText('No transfer yet')).toBeVisible()
    await check(page, 'Transfers, empty')
    await goTo(page, 'Devices')
    await check(page, 'Devices, empty')
    await goTo(page, 'Front desk')
    await check(page, 'Front desk, empty')
    await page.getByRole('button', { name: 'New request' }).click()
    await check(page, 'New request')
    await page.getByRole('button', { name: 'Discard' }).click()
    await goTo(page, 'Settings')
    await check(page, 'Settings')
    await page.getByRole('button', { name: 'Change folder' }).click()
    await check(page, 'Settings, folder')
    await page.keyboard.press('Escape')

    const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
    await using archive = await startDcmqrscp(join(folder, 'archive'), [own])
    await dcmsend(archive, writeDemoFiles(join(folder, 'files')))
    await addServer(ask, { name: 'Archive', aeTitle: archive.aeTitle, port: archive.port })
    const gone = await addServer(ask, { name: 'Gone', aeTitle: 'GONE', port: await freePort() })
    const { studyIds } = await ask.settings.addDemoStudies({})
    await ask.transfers.send({ serverIds: [gone], selection: { studyIds: studyIds.slice(0, 1) } })

    await goTo(page, 'Studies')
    await studyRow(page, CT_PATIENT).click()
    await expect(page.getByRole('list', { name: 'Series' }).getByRole('button')).not.toHaveCount(0)
    await check(page, 'Studies, selected')
    for (const menu of ['More modalities', 'Columns', 'Field', 'More actions']) {
      await page.getByRole('button', { name: menu, exact: true }).click()
      await check(page, `Studies, ${menu}`)
      await page.keyboard.press('Escape')
    }
    await page.getByRole('radiogroup', { name: 'Study date' }).getByText('Range').click()
    await check(page, 'Studies, range of dates')
    await page.keyboard.press('Escape')
    await page.getByRole('radiogroup', { name: 'Study date' }).getByText('All', { exact: true }).click()
    await studyRow(page, CT_PATIENT).click()
    await page.keyboard.press('Control+e')
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page, 'Send')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page, 'Keys of this page')
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill('nobody of this name')
    await expect(page.getByText('No study matches')).toBeVisible()
    await check(page, 'Studies, no match')
    await page.getByRole('searchbox').fill('')

    await chooseSource(page, 'Archive')
    await check(page, 'Server, before a search')
    await searchAll(page, '', 3)
    await studyRow(page, CT_PATIENT).click()
    await expect(page.getByRole('list', { name: 'Series at the server' }).getByRole('checkbox')).not.toHaveCount(0)
    await check(page, 'Server, studies')
    await chooseSource(page, 'Gone')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await expect(page.getByText('did not answer the search')).toBeVisible()
    await check(page, 'Server, no answer')

    await goTo(page, 'Servers')
    await page.getByRole('option', { name: 'Gone' }).click()
    await expect(await testConnection(page)).toContainText('nothing listens')
    await page.getByLabel('Port', { exact: true }).fill('99999')
    await page.getByLabel('Port', { exact: true }).blur()
    await check(page, 'Servers, editor')
    await page.getByRole('option', { name: 'Archive' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page, 'Servers, unsaved changes')
    await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click()

    await goTo(page, 'Transfers')
    await page.getByRole('row').filter({ hasText: 'Gone' }).click()
    await expect(page.getByRole('region', { name: 'Details of the transfer' })).toBeVisible()
    await check(page, 'Transfers, details')

    await goTo(page, 'Studies')
    await chooseSource(page, 'This workstation')
    await studyRow(page, CT_PATIENT).dblclick()
    await page.waitForFunction(() => window.negatoscope?.viewer.state(0).status === 'shown')
    await check(page, 'Viewer')
  })

  test(`the first-run card has no serious fault of accessibility: ${theme}`, async ({ folder, page }) => {
    await using fresh = await startWorkstation({ dataFolder: join(folder, 'fresh'), unconfirmed: true })
    await page.addInitScript((wanted) => localStorage.setItem('negatoscope.theme', wanted), theme)
    await page.goto(fresh.url)
    await expect(page.getByRole('button', { name: 'Start receiving' })).toBeVisible()
    await check(page, 'First run')
    await page.getByRole('button', { name: 'Change' }).click()
    await check(page, 'First run, folder')
  })
}
