import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { OF_COLOUR, seriousViolations } from './browser/axe.ts'
import { chooseSource, goTo, searchAll, studyRow, testConnection } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT, writeDemoFiles } from './conformance/demoFiles.ts'
import { dcmsend, startDcmqrscp } from './peers/dcmtk.ts'
import { freePort } from './peers/freePort.ts'
import { addServer } from './workstation/addServer.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

const THEMES = ['dark', 'light', 'high-contrast'] as const
type SetTheme = (theme: (typeof THEMES)[number]) => Promise<unknown>

/** What stands over a page: that page's own colours were seen before it came. */
const OVER = '[role="menu"], [role="dialog"], dialog[open]'

/** In each theme: every rule in the first one, the rules of colour in the others. */
async function check(page: Page, setTheme: SetTheme, where: string, within?: string): Promise<void> {
  for (const theme of THEMES) {
    await setTheme(theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const found = theme === THEMES[0] ? await seriousViolations(page) : await seriousViolations(page, OF_COLOUR, within)
    expect.soft(found, `${where}, ${theme}`).toEqual([])
  }
}

test('no page has a serious fault of accessibility, in any theme', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  const setTheme: SetTheme = (theme) => ask.settings.update({ theme })
  const fine = (where: string) => check(page, setTheme, where)
  const fineOver = (where: string) => check(page, setTheme, where, OVER)
  await page.goto(workstation.url)
  await expect(page.getByText('No studies yet')).toBeVisible()
  await fine('Studies, empty')
  await goTo(page, 'Servers')
  await expect(page.getByText('No server yet')).toBeVisible()
  await fine('Servers, empty')
  await goTo(page, 'Transfers')
  await expect(page.getByText('No transfer yet')).toBeVisible()
  await fine('Transfers, empty')
  await goTo(page, 'Devices')
  await expect(page.getByText('No device yet')).toBeVisible()
  await fine('Devices, empty')
  await goTo(page, 'Front desk')
  await expect(page.getByRole('button', { name: 'New request' })).toBeVisible()
  await fine('Front desk, empty')
  await page.getByRole('button', { name: 'New request' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await fineOver('New request')
  await page.getByRole('button', { name: 'Discard' }).click()
  await goTo(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Change folder' })).toBeVisible()
  await fine('Settings')
  await page.getByRole('button', { name: 'Change folder' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await fineOver('Settings, folder')
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
  await fine('Studies, selected')
  for (const menu of ['More modalities', 'Columns', 'Field', 'More actions']) {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toBeVisible()
    await fineOver(`Studies, ${menu}`)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('radiogroup', { name: 'Study date' }).getByText('Range').click()
  await fineOver('Studies, range of dates')
  await page.keyboard.press('Escape')
  await page.getByRole('radiogroup', { name: 'Study date' }).getByText('All', { exact: true }).click()
  await studyRow(page, CT_PATIENT).click()
  await page.keyboard.press('Control+e')
  await expect(page.getByRole('dialog')).toBeVisible()
  await fineOver('Send')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await fineOver('Keys of this page')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('nobody of this name')
  await expect(page.getByText('No study matches')).toBeVisible()
  await fine('Studies, no match')
  await page.getByRole('searchbox').fill('')

  await chooseSource(page, 'Archive')
  await fine('Server, before a search')
  await searchAll(page, '', 3)
  await studyRow(page, CT_PATIENT).click()
  await expect(page.getByRole('list', { name: 'Series at the server' }).getByRole('checkbox')).not.toHaveCount(0)
  await fine('Server, studies')
  await chooseSource(page, 'Gone')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByText('did not answer the search')).toBeVisible()
  await fine('Server, no answer')

  await goTo(page, 'Servers')
  await page.getByRole('option', { name: 'Gone' }).click()
  await expect(await testConnection(page)).toContainText('nothing listens')
  await page.getByLabel('Port', { exact: true }).fill('99999')
  await page.getByLabel('Port', { exact: true }).blur()
  await fine('Servers, editor')
  await page.getByRole('option', { name: 'Archive' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await fineOver('Servers, unsaved changes')
  await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click()

  await goTo(page, 'Transfers')
  await page.getByRole('row').filter({ hasText: 'Gone' }).click()
  await expect(page.getByRole('region', { name: 'Details of the transfer' })).toBeVisible()
  await fine('Transfers, details')

  await goTo(page, 'Studies')
  await chooseSource(page, 'This workstation')
  await studyRow(page, CT_PATIENT).dblclick()
  await page.waitForFunction(() => window.negatoscope?.viewer.state(0).status === 'shown')
  await fine('Viewer')
})

test('the first-run card has no serious fault of accessibility, in any theme', async ({ folder, page }) => {
  await using fresh = await startWorkstation({ dataFolder: join(folder, 'fresh'), unconfirmed: true })
  using connection = await connect(fresh.url)
  const fine = (where: string, within?: string) =>
    check(page, (theme) => connection.ask.settings.update({ theme }), where, within)
  await page.goto(fresh.url)
  await expect(page.getByRole('button', { name: 'Start receiving' })).toBeVisible()
  await fine('First run')
  await page.getByRole('button', { name: 'Change' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await fine('First run, folder', OVER)
})
