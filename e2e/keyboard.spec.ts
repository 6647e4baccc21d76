import { join } from 'node:path'
import { aroundWithTab, tabTo, typeInto } from './browser/keys.ts'
import { chooseSource, goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_IMAGES, CT_PATIENT, writeDemoFiles } from './conformance/demoFiles.ts'
import { dcmsend, startDcmqrscp } from './peers/dcmtk.ts'
import { addServer } from './workstation/addServer.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'
import { transferWhere } from './workstation/transferEnd.ts'

test('without a mouse: add a server, test it, search there, retrieve, open, send', async ({
  folder,
  workstation,
  page,
}) => {
  test.setTimeout(360_000)
  const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await using archive = await startDcmqrscp(join(folder, 'archive'), [own])
  await dcmsend(archive, writeDemoFiles(join(folder, 'files')))
  const press = (key: string) => page.keyboard.press(key)
  await page.goto(workstation.url)
  await expect(page.getByText('No studies yet')).toBeVisible()

  await press('Alt+5')
  await expect(page.getByText('No server yet')).toBeVisible()
  await press('n')
  const field = (label: string) => page.getByLabel(label, { exact: true })
  // The name of the new entry has the focus and is selected.
  await expect(field('Name')).toBeFocused()
  await page.keyboard.type('Archive')
  await typeInto(page, field('AE title'), archive.aeTitle)
  await typeInto(page, field('Host'), '127.0.0.1')
  await typeInto(page, field('Port'), String(archive.port))
  await press('Control+s')
  await expect(page.getByText('not saved yet')).toBeHidden()
  await press('Alt+t')
  await expect(page.getByTestId('echo-outcome')).toContainText('Archive answers')

  await press('Alt+1')
  await tabTo(page, page.getByRole('button', { name: /^This workstation/ }))
  await press('Enter')
  await press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: /^Archive/ })).toBeFocused()
  await press('Enter')
  await press('/')
  await page.keyboard.type('Bella')
  await press('Enter')
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await press('ArrowDown')
  await press('ArrowDown')
  await expect(page.getByRole('region', { name: 'Selected study' })).toContainText('Bella')
  await press('Enter')
  await expect(studyRow(page, CT_PATIENT)).toContainText('All here', { timeout: 60_000 })
  await press('Enter')
  await expect(page.getByRole('main', { name: 'viewer' })).toContainText('Bella')

  await press('Alt+1')
  await tabTo(page, page.getByRole('button', { name: 'Archive', exact: true }))
  await press('Enter')
  await press('Enter')
  await expect(page.getByRole('grid', { name: 'Studies', exact: true })).toBeVisible()
  await tabTo(page, page.getByRole('grid', { name: 'Studies', exact: true }))
  await press('ArrowDown')
  await expect(studyRow(page, CT_PATIENT)).toHaveAttribute('aria-selected', 'true')
  await press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Send' })
  await expect(dialog).toBeVisible()
  // The only server is the default one, and chosen already.
  await expect(dialog.getByLabel('Archive')).toBeChecked()
  await press('Control+Enter')
  await expect(dialog).toBeHidden()
  await press('Alt+4')
  await expect(studyRow(page, `${CT_IMAGES} of ${CT_IMAGES}`).filter({ hasText: /Stored|Proved/ })).toBeVisible({
    timeout: 60_000,
  })
})

test('Tab reaches every control of every page, and shows where it is', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await using archive = await startDcmqrscp(join(folder, 'archive'), [own])
  await dcmsend(archive, writeDemoFiles(join(folder, 'files')))
  const serverId = await addServer(ask, { name: 'Archive', aeTitle: archive.aeTitle, port: archive.port })
  await addServer(ask, { name: 'Second', aeTitle: 'SECOND', port: 104 })
  const { studyIds } = await ask.settings.addDemoStudies({})
  const selection = { studyIds: studyIds.slice(0, 1) }
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection })
  await transferWhere(ask, transferIds[0] ?? '', ({ proof }) => proof?.state === 'proved')
  await page.goto(workstation.url)
  const around = async (where: string) => {
    const { missed, unmarked } = await aroundWithTab(page)
    expect.soft(missed, `${where}: not reached`).toEqual([])
    expect.soft(unmarked, `${where}: no focus to be seen`).toEqual([])
  }
  await studyRow(page, CT_PATIENT).click()
  await expect(page.getByRole('list', { name: 'Series' }).getByRole('button')).not.toHaveCount(0)
  await around('Studies')
  await chooseSource(page, 'Archive')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await studyRow(page, CT_PATIENT).click()
  await expect(page.getByRole('list', { name: 'Series at the server' }).getByRole('checkbox')).not.toHaveCount(0)
  await around('Server')
  await goTo(page, 'Servers')
  await page.getByRole('option', { name: 'Archive' }).click()
  await page.getByLabel('Description', { exact: true }).fill('changed')
  await around('Servers')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await goTo(page, 'Transfers')
  await studyRow(page, 'Archive').click()
  await expect(page.getByRole('table', { name: 'Images of the transfer' })).toBeVisible()
  await around('Transfers')
  await goTo(page, 'Devices')
  await expect(page.getByRole('button', { name: 'Commands' })).toBeVisible()
  await around('Devices')
  await goTo(page, 'Front desk')
  await around('Front desk')
  await goTo(page, 'Settings')
  await around('Settings')
})

test('Tab reaches every control of the first-run card', async ({ folder, page }) => {
  await using fresh = await startWorkstation({ dataFolder: join(folder, 'fresh'), unconfirmed: true })
  await page.goto(fresh.url)
  await expect(page.getByRole('button', { name: 'Start receiving' })).toBeVisible()
  expect(await aroundWithTab(page)).toEqual({ missed: [], unmarked: [] })
})

test('a column is widened with the keyboard', async ({ workstation, connection, page }) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  const header = page.getByRole('columnheader', { name: 'Patient' })
  const width = async () => (await header.boundingBox())?.width ?? 0
  const before = await width()
  await tabTo(page, header.getByRole('button'))
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(width).toBeGreaterThan(before + 30)
  await page.reload()
  await expect.poll(width).toBeGreaterThan(before + 30)
})
