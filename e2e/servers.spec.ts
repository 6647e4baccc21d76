import { addServer, goTo, testConnection } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { startStorescp } from './peers/dcmtk.ts'
import { freePort } from './peers/freePort.ts'

test('every field of a server is kept', async ({ workstation, connection, page }) => {
  await page.goto(workstation.url)
  await addServer(page, { name: 'Main PACS', aeTitle: 'MAIN_PACS', port: 4242, host: 'pacs.example' })
  const field = (label: string) => page.getByLabel(label, { exact: true })
  await field('Listen port').fill('11113')
  await field('Preferred compression').selectOption({ label: 'JPEG-LS lossless' })
  await field('Description').fill('Basement, room 3')
  await field('TLS').check()
  await field('Verify server certificate').uncheck()
  await field('Query/Retrieve').uncheck()
  await expect(page.getByText('Images come on a second connection, to port 11113')).toBeVisible()
  await field('Retrieve by').selectOption({ value: 'get' })
  await expect(page.getByText('No connection comes in')).toBeVisible()
  await field('Asked in').selectOption({ label: 'Patient Root' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(async () => (await connection.ask.servers.list({}))[0])
    .toMatchObject({
      name: 'Main PACS',
      aeTitle: 'MAIN_PACS',
      host: 'pacs.example',
      port: 4242,
      listenPort: 11113,
      preferredCompression: 'jpeg-ls-lossless',
      description: 'Basement, room 3',
      tls: true,
      verifyCertificate: false,
      queryRetrieve: false,
      retrieveBy: 'get',
      queryRoot: 'patient',
    })
  await page.reload()
  await goTo(page, 'Servers')
  await expect(field('Description')).toHaveValue('Basement, room 3')
})

test('servers are duplicated, ordered, made the default, deleted and taken back', async ({
  workstation,
  connection,
  page,
}) => {
  const names = async () => (await connection.ask.servers.list({})).map((server) => server.name)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await page.goto(workstation.url)
  await addServer(page, { name: 'One', aeTitle: 'ONE', port: 104 })
  await addServer(page, { name: 'Two', aeTitle: 'TWO', port: 104 })
  await button('Duplicate').click()
  await expect.poll(names).toEqual(['One', 'Two', 'Two 2'])
  await page.getByRole('option', { name: 'Two 2' }).click()
  await button('Move up').click()
  await expect.poll(names).toEqual(['One', 'Two 2', 'Two'])
  await button('Move down').click()
  await expect.poll(names).toEqual(['One', 'Two', 'Two 2'])
  await button('Set as default').click()
  await expect
    .poll(async () => (await connection.ask.servers.list({})).find((server) => server.isDefault)?.name)
    .toBe('Two 2')
  await button('Delete').click()
  await expect.poll(names).toEqual(['One', 'Two'])
  await button('Undo').click()
  await expect.poll(names).toEqual(['One', 'Two', 'Two 2'])
})

test('what is wrong is said while it is typed, and cannot be saved', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Servers')
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByLabel('AE title', { exact: true }).fill('SEVENTEEN_LETTERS')
  await page.getByLabel('Port', { exact: true }).fill('70000')
  await page.getByLabel('Port', { exact: true }).blur()
  await expect(page.getByText('A port is a number from 1 to 65535.')).toBeVisible()
  await expect(page.getByText(/16 characters/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
})

test('unsaved changes are not lost without a question', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await addServer(page, { name: 'One', aeTitle: 'ONE', port: 104 })
  await page.getByLabel('Host', { exact: true }).fill('10.1.1.1')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Studies' }).click()
  await page.getByRole('button', { name: 'Save and go on' }).click()
  await goTo(page, 'Servers')
  await expect(page.getByLabel('Host', { exact: true })).toHaveValue('10.1.1.1')
})

test('the test tries the values as they stand in the editor', async ({ folder, workstation, page }) => {
  await using peer = await startStorescp({ folder: `${folder}/in` })
  await page.goto(workstation.url)
  await addServer(page, { name: 'Echo', aeTitle: peer.aeTitle, port: await freePort() })
  await expect(await testConnection(page)).toContainText('nothing listens on port')
  await page.getByLabel('Port', { exact: true }).fill(String(peer.port))
  await expect(await testConnection(page)).toContainText('Echo answers, in')
})
