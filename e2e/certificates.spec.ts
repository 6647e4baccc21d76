import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeTestAuthority } from '#electron/certificates/testing/testAuthority.ts'
import { addServer, goTo, testConnection } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { freePort } from './peers/freePort.ts'

test.skip(spawnSync('openssl', ['version']).status !== 0, 'needs openssl')

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** Settings has other lists that are imported and exported. */
const certificates = (page: Page) => page.getByRole('region', { name: 'Certificates' })

async function pick(page: Page, opener: string, files: string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, opener).click()])
  await chooser.setFiles(files)
}

test('a certificate is made, the port for TLS opens, and a server with it is pinned and passes', async ({
  workstation,
  connection,
  page,
}) => {
  const tlsPort = await freePort()
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await expect(page.getByText('Devices can call over TLS once there is a certificate')).toBeVisible()
  await button(page, 'Make a certificate').click()
  await page.getByLabel('Host names and addresses').fill('not a name!')
  await expect(page.getByText('name! is no host name and no address.')).toBeVisible()
  await page.getByLabel('Host names and addresses').fill('reading-room.clinic, 127.0.0.1')
  await button(page, 'Make it').click()
  await expect(page.getByText('reading-room.clinic, 127.0.0.1')).toBeVisible({ timeout: 60_000 })
  await page.getByLabel('Let devices call over TLS').check()
  await page.getByLabel('Port for TLS').fill(String(tlsPort))
  await page.getByLabel('Port for TLS').press('Enter')
  await expect(page.getByText(`on port ${tlsPort}`)).toBeVisible()

  await addServer(page, { name: 'Secured', aeTitle: 'ANY', port: tlsPort })
  await page.getByLabel('TLS', { exact: true }).check()
  const outcome = await testConnection(page)
  await expect(outcome).toContainText('made its certificate itself')
  await expect(outcome).toContainText('Server not verified')
  await outcome.getByText('Server not verified').click()
  await button(page, 'Pin this certificate').click()
  await testConnection(page)
  await expect(outcome).toContainText('PASS')
  await expect(outcome).toContainText('Encrypted, server verified')
  await button(page, 'Save').click()
  await expect
    .poll(async () => (await connection.ask.servers.list({}))[0])
    .toMatchObject({ tls: true, trust: 'pinned', verifyCertificate: true })
  await page.getByLabel('Verify server certificate').uncheck()
  await button(page, 'Save').click()
  await expect(page.getByRole('img', { name: 'TLS, but nobody checks who answers' })).toBeVisible()
})

test('a certificate is imported with its password, exported, requested anew and removed', async ({
  workstation,
  folder,
  page,
}) => {
  const authority = makeTestAuthority(join(folder, 'ca'), 'Clinic CA')
  authority.issue('room', { to: 12 })
  const file = join(folder, 'room.p12')
  writeFileSync(file, authority.pkcs12('room', 'sesame', '-legacy'))
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await certificates(page).getByRole('button', { name: 'Import', exact: true }).click()
  await pick(page, 'Choose one or two files', [file])
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password, where the file has one').fill('wrong')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog).toContainText('The password does not open this file.')
  await dialog.getByLabel('Password, where the file has one').fill('sesame')
  await dialog.getByLabel('Password, where the file has one').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The certificate of this workstation ends on')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Workstation status' })).toContainText('1 certificate ends soon')

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    certificates(page).getByRole('button', { name: 'Export' }).click(),
  ])
  expect(readFileSync(await saved.path(), 'utf8')).toBe(authority.pem('room').certificate.toString())
  await button(page, 'Request for an authority').click()
  const [request] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the request').click()])
  expect(readFileSync(await request.path(), 'utf8')).toContain('BEGIN CERTIFICATE REQUEST')

  await button(page, 'Remove').click()
  await button(page, 'Remove certificate and key').click()
  await expect(button(page, 'Make a certificate')).toBeVisible()
})

test('authorities are added, looked at, removed and taken back', async ({ workstation, folder, page }) => {
  const authority = makeTestAuthority(join(folder, 'ca'), 'Clinic CA')
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await pick(page, 'Add authorities', [authority.file('none.cnf')])
  await expect(page.getByText('There is no certificate in this file.')).toBeVisible()
  await pick(page, 'Add authorities', [authority.file('ca.crt')])
  const entry = page.getByRole('list', { name: 'Authorities' }).getByRole('button', { name: /^CN=Clinic CA/ })
  await entry.click()
  await expect(page.getByText('itself, as the topmost authorities are')).toBeVisible()
  await button(page, 'Remove CN=Clinic CA').click()
  await expect(entry).toBeHidden()
  await button(page, 'Undo').click()
  await expect(entry).toBeVisible()
})
