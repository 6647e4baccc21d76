import { join } from 'node:path'
import { seriousViolations } from './browser/axe.ts'
import { aroundWithTab } from './browser/keys.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'
import { freePort } from './peers/freePort.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

test('the theme changes at once and is remembered', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await background()
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light').click()
  await expect.poll(background).not.toBe(dark)
  const light = await background()
  await page.reload()
  await expect.poll(background).toBe(light)
})

test('what the command line fixed is shown and cannot be changed', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const network = page.getByRole('region', { name: 'This workstation on the network' })
  await expect(network).toContainText(workstation.aeTitle)
  await expect(network).toContainText(String(workstation.dicomPort))
  await expect(network.getByRole('textbox')).toHaveCount(0)
})

test('a limit out of its range is not taken', async ({ workstation, connection, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const days = page.getByLabel('Keep what is deleted for')
  await days.fill('0')
  await days.blur()
  await days.fill('14')
  await days.blur()
  const kept = async () => {
    for await (const view of connection.ask.settings.watch({})) return view.settings.trashDays
    return undefined
  }
  await expect.poll(kept).toBe(14)
})

/** A workstation as a person sets it up: nothing is fixed by flags. */
async function confirmed({ folder, accept }: { folder: string; accept: 'any' | 'known' }) {
  const workstation = await startWorkstation({ dataFolder: join(folder, 'data'), unconfirmed: true })
  using connection = await connect(workstation.url)
  const dicomPort = await freePort()
  await connection.ask.settings.confirm({ aeTitle: 'CLINIC', dicomPort, accept })
  return { workstation, dicomPort }
}

test('each check of a caller is a switch of its own, and says what it comes to', async ({ folder, page }) => {
  const { workstation, dicomPort } = await confirmed({ folder, accept: 'any' })
  await using _ = workstation
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const callers = page.getByRole('region', { name: 'Who may connect' })
  await expect(callers).toContainText('Any device that reaches this port may connect')
  await expect(callers.getByLabel('Let others test the connection (C-ECHO)')).toHaveCount(0)
  const isLetIn = async (called: string) => (await StoreSender.open(dicomPort, called)) !== undefined
  expect(await isLetIn('SOMEBODY')).toBe(true)
  await callers.getByLabel('It calls us by our AE title').check()
  await expect.poll(() => isLetIn('SOMEBODY')).toBe(false)
  expect(await isLetIn('CLINIC')).toBe(true)
  await callers.getByLabel('Its AE title is among the devices or servers').check()
  await expect(callers).toContainText('Nobody can connect: there is neither a device nor a server')
  await expect(callers.getByLabel('Let others test the connection (C-ECHO)')).not.toBeChecked()
  await expect.poll(() => isLetIn('CLINIC')).toBe(false)
})

test('who was let in and who was refused stands in the live log, with the reason', async ({ folder, page }) => {
  const { workstation, dicomPort } = await confirmed({ folder, accept: 'any' })
  await using _ = workstation
  const sender = await StoreSender.open(dicomPort, 'CLINIC')
  expect((await sender?.store(ctSeries({ series: 1 })(1)))?.status).toBe(0)
  await sender?.release()
  using connection = await connect(workstation.url)
  await connection.ask.settings.update({ checkCalledAETitle: true })
  await expect.poll(async () => (await StoreSender.open(dicomPort, 'SOMEBODY')) === undefined).toBe(true)
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Show the live log' }).click()
  const log = page.getByRole('region', { name: 'Live log' })
  const only = (kind: string) => log.getByRole('radiogroup', { name: 'Which connections' }).getByText(kind).click()
  await only('Refused')
  await expect(log.getByRole('row')).toHaveCount(2)
  await log.getByRole('button', { name: /details/ }).click()
  await expect(log).toContainText('rejected 1/1/7, called AE title not recognized')
  await only('Accepted')
  await expect(log).not.toContainText('rejected')
  await log
    .getByRole('button', { name: /details/ })
    .last()
    .click()
  await expect(log).toContainText('1 C-STORE: success (0000)')
  await log.locator('summary').filter({ hasText: 'proposed' }).click()
  await expect(log).toContainText('CT Image Storage')
})

test('services, timeouts and the port act at once; what is out of range is not taken', async ({ folder, page }) => {
  const { workstation, dicomPort } = await confirmed({ folder, accept: 'any' })
  await using _ = workstation
  using connection = await connect(workstation.url)
  const kept = async () => {
    for await (const view of connection.ask.settings.watch({})) return view.settings
    throw new Error('The settings said nothing')
  }
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const services = page.getByRole('region', { name: 'Services' })
  await expect(services.getByLabel('Let others search and fetch')).not.toBeChecked()
  await services.getByLabel('Let others search and fetch').check()
  await expect.poll(async () => (await kept()).answerQueryRetrieve).toBe(true)
  const idle = page.getByLabel('Idle timeout')
  await idle.fill('4')
  await expect(page.getByText('From 5 to 86,400.')).toBeVisible()
  await idle.blur()
  await idle.fill('120')
  await idle.press('Enter')
  await expect.poll(async () => (await kept()).idleTimeoutSeconds).toBe(120)
  const network = page.getByRole('region', { name: 'This workstation on the network' })
  const port = await freePort()
  await network.getByLabel('Port', { exact: true }).fill(String(port))
  await expect(network).toContainText(`Port ${port} is free.`)
  await network.getByRole('button', { name: 'Listen there' }).click()
  await expect(network).toContainText(`on port ${port}`)
  expect(await StoreSender.open(dicomPort, 'CLINIC')).toBeUndefined()
  expect(await StoreSender.open(port, 'CLINIC')).toBeDefined()
})

test('a service that the command line switched on is shown with a lock', async ({ folder, page }) => {
  await using workstation = await startWorkstation({ dataFolder: join(folder, 'data'), enable: 'qr' })
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const services = page.getByRole('region', { name: 'Services' })
  await expect(services.getByRole('checkbox').first()).toBeVisible()
  await expect(services.getByRole('checkbox', { name: 'Let others search and fetch' })).toHaveCount(0)
  await expect(services).toContainText('Let others search and fetch')
  await expect(services).toContainText('On')
})

test('the settings are reached with keys alone, and axe finds nothing serious', async ({ folder, page }) => {
  const { workstation } = await confirmed({ folder, accept: 'known' })
  await using _ = workstation
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Show the live log' })).toBeVisible()
  expect(await aroundWithTab(page)).toEqual({ missed: [], unmarked: [] })
  expect(await seriousViolations(page)).toEqual([])
})

test('a site profile is exported, followed, watched and left', async ({ workstation, connection, page, folder }) => {
  const { serverId, ...fields } = await connection.ask.servers.add({})
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const section = page.getByRole('region', { name: 'Site profile' })
  await section.getByRole('button', { name: 'Export a profile' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the site').fill('Clinic North')
  await dialog.getByLabel('Nobody changes these settings there').check()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const file = join(folder, 'profile.json')
  await (await download).saveAs(file)
  const fingerprint = await dialog.getByText(/^([0-9A-F]{2}:){31}/).textContent()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(section).toContainText(fingerprint ?? 'no fingerprint')

  await connection.ask.settings.update({ trashDays: 14 })
  await section.getByLabel('Site profile', { exact: true }).setInputFiles(file)
  await expect(dialog).toContainText(fingerprint ?? '')
  await expect(dialog.getByRole('row', { name: /Setting Keep what is deleted for/ })).toContainText('14')
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Follow it' }).click()
  await expect(section).toContainText('As the profile says')
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText('30 days')

  await connection.ask.servers.update({ serverId, fields: { ...fields, port: 4242 } })
  await expect(section.getByRole('row', { name: /Server .* Port/ })).toContainText('4242')
  await section.getByRole('button', { name: 'Put back what differs' }).click()
  await expect(section).toContainText('As the profile says')
  await section.getByRole('button', { name: 'Leave the profile' }).click()
  await dialog.getByRole('button', { name: 'Leave it' }).click()
  await expect(section).toContainText('This one follows none.')
  await expect(page.getByLabel('Keep what is deleted for')).toBeEditable()
  await section.getByLabel('Site profile', { exact: true }).setInputFiles({
    name: 'list.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[]'),
  })
  await expect(page.getByText('This file is no site profile.')).toBeVisible()
  // What is too large or no text never goes over the wire, which it would break.
  const choose = (name: string, buffer: Buffer) =>
    section.getByLabel('Site profile', { exact: true }).setInputFiles({ name, mimeType: 'application/json', buffer })
  await choose('ct.dcm', Buffer.alloc(9_000_000))
  await expect(page.getByText('ct.dcm is larger than a site profile can be.')).toBeVisible()
  await choose('picture.json', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))
  await expect(page.getByText('picture.json is no text')).toBeVisible()
  await expect(section).toContainText('This one follows none.')
})
