import { seriousViolations } from './browser/axe.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { freePort } from './peers/freePort.ts'

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
})

test('the archive is opened for other viewers, with users, and closed again', async ({
  workstation,
  connection,
  page,
}) => {
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const block = page.getByRole('region', { name: 'DICOMweb server' })
  const port = await freePort()
  await block.getByLabel('Let other viewers read this archive over the web').check()
  await block.getByLabel('Web port').fill(String(port))
  await block.getByLabel('Web port').press('Enter')
  const url = `http://localhost:${port}/dicom-web`
  await expect(block).toContainText('The address to enter in the other program')
  await expect(block).toContainText(url)
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers })
  expect(await (await ask('/studies')).json()).toHaveLength(3)
  const requests = block.getByRole('table', { name: 'Requests to the DICOMweb server' })
  await expect(requests).toContainText('Search studies')

  await block.getByRole('button', { name: 'Add a user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('User name').fill('ohif')
  await dialog.getByLabel('Password').fill('short')
  await expect(dialog).toContainText('At least 8 characters.')
  await dialog.getByLabel('Password').fill('a longer one')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(block.getByRole('list', { name: 'Users of the DICOMweb server' })).toContainText('ohif')
  await expect(block).toContainText(`curl -u "ohif" "${url}/studies?limit=5"`)
  await expect(block).toContainText(`curl -u "ohif" "http://localhost:${port}/changes?since=0&limit=100"`)
  await expect.poll(async () => (await ask('/studies')).status).toBe(401)
  expect((await ask('/studies', basic('ohif', 'a longer one'))).status).toBe(200)
  await expect(requests).toContainText('ohif, 127.0.0.1')
  await expect(requests).toContainText('Name and password of a DICOMweb user are needed.')

  await block.getByLabel('Reached at').selectOption('')
  await expect(block).toContainText('Not open. In the network it needs HTTPS')
  await block.getByRole('button', { name: 'Allow it without HTTPS' }).click()
  await expect(dialog.getByRole('button', { name: 'Allow it without HTTPS' })).toBeDisabled()
  await dialog.getByLabel('Type unencrypted to allow it').fill('unencrypted')
  await dialog.getByRole('button', { name: 'Allow it without HTTPS' }).click()
  await expect(block).toContainText('Images and passwords go through the network unencrypted.')
  await expect
    .poll(async () => (await ask('/studies', basic('ohif', 'a longer one')).catch(() => undefined))?.status)
    .toBe(200)

  await block.getByLabel('Address of the viewer').fill('viewer.clinic')
  await expect(block).toContainText('An origin is https:// or http://')
  await block.getByLabel('Address of the viewer').fill('https://viewer.clinic/')
  await block.getByLabel('Address of the viewer').press('Enter')
  await expect(block.getByRole('list', { name: 'Web pages that may read' })).toContainText('https://viewer.clinic')
  expect(await seriousViolations(page)).toEqual([])

  await block.getByRole('button', { name: 'Remove ohif' }).click()
  await dialog.getByRole('button', { name: 'Remove ohif' }).click()
  await expect(block).toContainText('Not open. In the network it answers only to users.')
  await block.getByLabel('Let other viewers read this archive over the web').uncheck()
  await expect(requests).toHaveCount(0)
  await expect
    .poll(() =>
      ask('/studies').then(
        () => true,
        () => false,
      ),
    )
    .toBe(false)
})
