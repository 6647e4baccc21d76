import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seriousViolations } from './browser/axe.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { startDcmqrscp } from './peers/dcmtk.ts'
import { freePort } from './peers/freePort.ts'

const step = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"]`)

test('a server is added, tested and put right without a mouse', async ({ folder, workstation, connection, page }) => {
  await using pacs = await startDcmqrscp(join(folder, 'pacs'), [])
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await goTo(page, 'Servers')
  const keys = page.keyboard
  await keys.press('n')
  const name = page.getByLabel('Name', { exact: true })
  await expect(name).toBeFocused()
  await keys.type('Northview')
  await keys.press('Tab')
  await keys.type(pacs.aeTitle)
  await keys.press('Tab')
  await keys.press('ControlOrMeta+a')
  await keys.type('127.0.0.1')
  await keys.press('Tab')
  await keys.press('ControlOrMeta+a')
  await keys.type(String(await freePort()))
  await keys.press('ControlOrMeta+s')
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden()

  await keys.press('Alt+t')
  const outcome = page.getByTestId('echo-outcome')
  await expect(outcome).toContainText('nothing listens on port')
  await expect(step(page, 'port')).toHaveAttribute('data-result', 'fail')
  await expect(step(page, 'port')).toContainText('The administrator of Northview')
  await expect(step(page, 'echo')).toContainText('not reached')
  expect(await seriousViolations(page)).toEqual([])

  await page.getByLabel('Port', { exact: true }).focus()
  await keys.press('ControlOrMeta+a')
  await keys.type(String(pacs.port))
  await expect(outcome).toContainText('Not tested with these values')
  await keys.press('ControlOrMeta+s')
  await keys.press('Alt+t')
  await expect(outcome).toContainText('Northview answers, in')
  for (const stage of ['association', 'contexts', 'echo', 'find', 'storage'])
    await expect(step(page, stage)).toHaveAttribute('data-result', 'pass')

  // It does not know us: with something to fetch, the rehearsal tells so, and which values are missing.
  // Nothing is called in the internet unless somebody ticks it.
  await expect(page.getByLabel('Looks for the internet')).not.toBeChecked()
  await page.getByLabel('Sends a test image').focus()
  await keys.press('Space')
  await keys.press('Alt+t')
  await expect(step(page, 'test-image')).toHaveAttribute('data-result', 'pass')
  const retrieve = step(page, 'retrieve')
  await expect(retrieve).toContainText('A801')
  await expect(retrieve).toContainText('enters these three values')
  await expect(retrieve).toContainText(String(workstation.dicomPort))
  await expect(page.getByRole('option', { name: /Northview/ })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])

  await page.reload()
  await goTo(page, 'Servers')
  await expect(page.getByTestId('echo-outcome')).toContainText('has no address for')
  await expect(step(page, 'retrieve')).toHaveAttribute('data-result', 'fail')
})

test('a test that hangs is stopped by Esc, and says so', async ({ workstation, connection, page }) => {
  const port = await freePort()
  const silent = createServer().listen(port, '127.0.0.1')
  try {
    const { serverId, isDefault: _, lastTest: __, ...fields } = await connection.ask.servers.add({})
    await connection.ask.servers.update({ serverId, fields: { ...fields, name: 'Silent', host: '127.0.0.1', port } })
    await page.goto(workstation.url)
    await goTo(page, 'Servers')
    // The list comes a moment after its page: before, there is nothing to test.
    await expect(page.getByRole('heading', { name: 'Silent', exact: true })).toBeVisible()
    await page.keyboard.press('Alt+t')
    await expect(step(page, 'protocol')).toHaveAttribute('data-result', 'running')
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('echo-outcome')).toContainText('Stopped')
    await expect(step(page, 'echo')).toContainText('stopped')
  } finally {
    silent.close()
  }
})

test('all servers are tested at once; causes are found by what is seen', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  await using pacs = await startDcmqrscp(join(folder, 'pacs'), [])
  const { ask } = connection
  for (const [name, port] of [
    ['Northview', pacs.port],
    ['Attic', await freePort()],
  ] as const) {
    const { serverId, isDefault: _, lastTest: __, ...fields } = await ask.servers.add({})
    const wanted = { ...fields, name, aeTitle: pacs.aeTitle, host: '127.0.0.1', port }
    await ask.servers.update({ serverId, fields: wanted })
  }
  await page.goto(workstation.url)
  await goTo(page, 'Servers')
  await page.getByRole('button', { name: 'Test all' }).click()
  const tested = page.getByRole('list', { name: 'Tested servers' }).getByRole('button')
  await expect(tested).toHaveCount(2)
  await expect(page.getByText('1 server of 2 needs somebody.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await tested.filter({ hasText: 'Attic' }).click()
  await expect(page.getByRole('region', { name: 'Server Attic' })).toBeVisible()
  await expect(step(page, 'port')).toHaveAttribute('data-result', 'fail')

  await page.getByRole('button', { name: 'Find a cause' }).click()
  const known = page.getByRole('list', { name: 'What is known' })
  await expect(known).toContainText('No device has been let in')
  await page.getByLabel('The port is closed').check()
  await expect(known).toContainText('nothing listens on port')
  expect(await seriousViolations(page)).toEqual([])
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save support bundle' }).click()
  expect((await download).suggestedFilename()).toMatch(/^negatoscope-support-.*\.txt$/)
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('button', { name: 'This workstation' }).click()
  await expect(page.getByRole('dialog')).toContainText(workstation.aeTitle)
  await expect(page.getByRole('dialog')).toContainText(String(workstation.dicomPort))
  expect(await seriousViolations(page)).toEqual([])
})
