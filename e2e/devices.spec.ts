import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousViolations } from './browser/axe.ts'
import { aroundWithTab, tabTo, typeInto } from './browser/keys.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { writeDemoFiles } from './conformance/demoFiles.ts'
import { connect } from './workstation/connect.ts'
import { run } from './workstation/spawned.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

test('a device knocks, is let in from its card, and its image arrives', async ({ folder, page }) => {
  test.setTimeout(360_000)
  await using workstation = await startWorkstation({ dataFolder: join(folder, 'known'), accept: 'known' })
  using connection = await connect(workstation.url)
  const files = writeDemoFiles(join(folder, 'files')).slice(0, 1)
  const send = (as: string, to = workstation.aeTitle) =>
    run('storescu', ['-R', '-aet', as, '-aec', to, '127.0.0.1', String(workstation.dicomPort), ...files])
  const card = (aeTitle: string) => page.getByRole('region', { name: `${aeTitle} at 127.0.0.1 knocked` })
  const row = (aeTitle: string) => page.getByRole('grid', { name: 'Known devices' }).getByRole('row', { name: aeTitle })

  await page.goto(workstation.url)
  await goTo(page, 'Devices')
  await expect(page.getByText('No device yet')).toBeVisible()
  expect(await seriousViolations(page), 'empty').toEqual([])
  for (let turn = 0; turn < 3; turn += 1) expect((await send('CT_SCANNER_1')).code).not.toBe(0)
  await expect(card('CT_SCANNER_1')).toContainText('3 times')
  await expect(page.getByRole('navigation').getByRole('button', { name: 'Devices' })).toHaveAttribute('data-badge', '1')
  const transfers = page.getByRole('navigation').getByRole('button', { name: 'Transfers' })
  await expect(transfers).not.toHaveAttribute('data-badge')
  await card('CT_SCANNER_1').getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(row('CT_SCANNER_1')).toContainText('Never seen')
  await expect(card('CT_SCANNER_1')).toBeHidden()
  expect((await send('CT_SCANNER_1')).code).toBe(0)
  await expect(row('CT_SCANNER_1')).toContainText('Online')
  await expect(row('CT_SCANNER_1')).toContainText('Demo')
  await expect(row('CT_SCANNER_1').getByRole('gridcell').or(row('CT_SCANNER_1').getByRole('cell')).nth(6)).toHaveText(
    '1',
  )

  // Nearly its name: said in words, and accepted as an alias.
  expect((await send('CT_SCANNER_l')).code).not.toBe(0)
  await expect(card('CT_SCANNER_l')).toContainText('The last character is a small letter L, not the digit 1.')
  expect(await seriousViolations(page), 'near miss').toEqual([])
  await card('CT_SCANNER_l').getByRole('button', { name: 'Accept this alias' }).click()
  await expect(card('CT_SCANNER_l')).toBeHidden()
  expect((await send('CT_SCANNER_l')).code).toBe(0)

  // It asks for the old PACS, and is answered all the same.
  expect((await send('OLYMPUS', 'OLD_PACS')).code).not.toBe(0)
  await expect(card('OLYMPUS')).toContainText('It asks for another AE title')
  await card('OLYMPUS').getByRole('button', { name: 'Allow and answer to this name' }).click()
  await expect(row('OLYMPUS')).toBeVisible()
  expect((await send('OLYMPUS', 'OLD_PACS')).code).toBe(0)

  // Not ours: ignored with undo, then blocked.
  expect((await send('STRANGER')).code).not.toBe(0)
  await card('STRANGER').getByRole('button', { name: 'Ignore' }).click()
  await expect(card('STRANGER')).toBeHidden()
  await page.getByRole('button', { name: 'Show 1 ignored caller' }).click()
  await card('STRANGER').getByRole('button', { name: 'Block' }).click()
  await expect(row('STRANGER')).toContainText('Blocked')
  expect((await send('STRANGER')).code).not.toBe(0)
  await expect(card('STRANGER')).toBeHidden()
  // The refusals that were decided on wait for nobody; the one after the block is told under Transfers.
  await expect(page.getByRole('navigation').getByRole('button', { name: 'Devices' })).not.toHaveAttribute('data-badge')
  for await (const { devices } of connection.ask.devices.watch({})) {
    expect(devices.map(({ aeTitle, aliases, access }) => ({ aeTitle, aliases, access }))).toEqual([
      { aeTitle: 'CT_SCANNER_1', aliases: ['CT_SCANNER_l'], access: 'allow' },
      { aeTitle: 'OLYMPUS', aliases: [], access: 'allow' },
      { aeTitle: 'STRANGER', aliases: [], access: 'deny' },
    ])
    break
  }
})

test('without a mouse: a device is added, corrected, found, deleted and taken back', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await expect(page.getByText('No studies yet')).toBeVisible()
  await page.keyboard.press('Alt+6')
  await expect(page.getByText('No device yet')).toBeVisible()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Add a device' })
  const field = (label: string) => page.getByRole('dialog').getByLabel(label, { exact: true })
  await expect(field('AE title')).toBeFocused()
  await page.keyboard.type('SEVENTEEN_LETTERS')
  await page.keyboard.press('Tab')
  await expect(dialog).toContainText('at most 16 characters')
  await typeInto(page, field('AE title'), 'CT1')
  await typeInto(page, field('Vendor'), 'GE')
  await typeInto(page, field('Also calls itself'), 'CT_1, CT 1')
  expect(await seriousViolations(page), 'dialog').toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  const grid = page.getByRole('grid', { name: 'Known devices' })
  await expect(grid).toContainText('GE')
  await page.keyboard.press('n')
  await typeInto(page, field('AE title'), 'CT1')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText('in the list already')
  await typeInto(page, field('AE title'), 'US1')
  await page.keyboard.press('Control+Enter')
  await expect(grid).toContainText('US1')
  await tabTo(page, grid)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Device CT1' })).toBeVisible()
  await expect(field('Also calls itself')).toHaveValue('CT_1, CT 1')
  await typeInto(page, field('Place'), 'room 2')
  await page.keyboard.press('Control+Enter')
  await expect(grid).toContainText('GE, room 2')
  await tabTo(page, grid)
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await expect(grid).not.toContainText('CT1')
  await page.keyboard.press('Control+z')
  await expect(grid).toContainText('CT1')
  await page.keyboard.press('/')
  await page.keyboard.type('us1')
  await expect(grid).not.toContainText('CT1')
  expect.soft(await aroundWithTab(page)).toEqual({ missed: [], unmarked: [] })
})

test('a device has its set-up sheet, on paper and as files, and a script that proves the way', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  await connection.ask.devices.add({
    fields: {
      ...{ aeTitle: 'US_ROOM_2', address: '127.0.0.1', vendor: 'Mindray', model: 'Vetus 9', modality: 'US' },
      ...{ place: 'room 2', note: '', aliases: [], calledAs: [], access: 'allow' },
    },
  })
  await page.goto(workstation.url)
  await goTo(page, 'Devices')
  const sheet = page.getByRole('article', { name: 'Connect this ultrasound' })
  await expect(sheet).toContainText(workstation.aeTitle)
  await expect(sheet).toContainText(String(workstation.dicomPort))
  await expect(sheet).toContainText('Network Preset')
  await expect(sheet).toContainText('DICOM must be switched on before the first study')
  await expect(sheet.getByRole('img', { name: 'QR code' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  const saved = async (press: () => Promise<void>) => {
    const download = page.waitForEvent('download')
    await press()
    const path = join(folder, (await download).suggestedFilename())
    await (await download).saveAs(path)
    return { path, bytes: readFileSync(path) }
  }
  const press = (name: string) => () => page.getByRole('button', { name, exact: true }).click()
  const pdf = await saved(press('PDF'))
  expect(pdf.path).toMatch(/set-up-US_ROOM_2\.pdf$/)
  expect(pdf.bytes.toString('latin1')).toMatch(/^%PDF-1\.4[\s\S]*\(US_ROOM_2\) Tj[\s\S]*%%EOF\n$/)
  expect((await saved(press('Markdown'))).bytes.toString()).toContain('# Connect this ultrasound')
  const script = async (name: string) =>
    saved(async () => {
      await page.getByRole('button', { name: 'Test script' }).click()
      await page.getByRole('menuitem', { name }).click()
    })
  expect((await script('Windows')).bytes.toString()).toContain(`set "PORT=${workstation.dicomPort}"\r\n`)
  const { path } = await script('Linux')
  const answers = (port: number) =>
    run('sh', ['-c', `printf '127.0.0.1\\n${port}\\n\\n\\n' | sh "$0"`, path], { timeoutMs: 60_000 })
  const { code, stdout } = await answers(workstation.dicomPort)
  expect(stdout).toContain(`[PASS] Port ${workstation.dicomPort} of 127.0.0.1 takes a connection.`)
  expect(stdout).toContain('[PASS] The workstation answers the DICOM echo.')
  expect(code).toBe(0)
  const closed = await answers(1)
  expect(closed.stdout).toContain('[FAIL] Port 1 of 127.0.0.1 cannot be reached.')
  expect(closed.code).toBe(1)

  await page.evaluate(() => {
    window.print = () => {}
  })
  await press('Print')()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden()
  await expect(page.locator('[data-printed]')).toContainText('US_ROOM_2')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  await expect(page.locator('[data-printed]')).toHaveCount(0)

  const reachable = page.getByRole('region', { name: 'Reachable' })
  // Where the tests run without any network, that is the answer.
  await expect(reachable).toContainText(new RegExp(`Port ${workstation.dicomPort}|This computer is in no network`))
  await reachable.getByRole('button', { name: 'Commands' }).click()
  await expect(reachable).toContainText(`localport=${workstation.dicomPort}`)
  await reachable.getByRole('button', { name: 'Check again' }).click()
  await expect(reachable.getByRole('button', { name: 'Check again' })).toBeEnabled()
  expect(await seriousViolations(page), 'commands').toEqual([])
})

test('the live log shows connections both ways as they happen, with their timeline, and is exported', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const files = writeDemoFiles(join(folder, 'files')).slice(0, 3)
  await page.goto(workstation.url)
  await goTo(page, 'Devices')
  await page.keyboard.press('l')
  const log = page.getByRole('region', { name: 'Live log' })
  await expect(log).toContainText('No device has called yet')
  const send = (as: string) =>
    run('storescu', [
      '-R',
      '-aet',
      as,
      '-aec',
      workstation.aeTitle,
      '127.0.0.1',
      String(workstation.dicomPort),
      ...files,
    ])
  expect((await send('CT_LOGGED')).code).toBe(0)
  await expect(log.getByRole('row').filter({ hasText: 'CT_LOGGED' })).toContainText('3 done')
  const { serverId, isDefault, lastTest, ...fields } = await connection.ask.servers.add({})
  await connection.ask.servers.update({
    serverId,
    fields: { ...fields, aeTitle: 'NOWHERE', host: '127.0.0.1', port: 1 },
  })
  await connection.ask.transfers.send({ serverIds: [serverId], selection: { studyIds: [1] } })
  await expect(log.getByRole('row').filter({ hasText: 'NOWHERE' })).toContainText('Nothing listens at this port')
  await log.getByRole('button', { name: /CT_LOGGED: details/ }).click()
  await expect(log.getByRole('listitem').filter({ hasText: 'C-STORE, CT Image Storage: success (0000)' })).toHaveCount(
    3,
  )
  await expect(log.getByRole('listitem').filter({ hasText: 'accepted' })).toHaveCount(1)
  const statistics = page.getByRole('complementary', { name: 'Statistics' })
  await expect(statistics.getByRole('table').getByRole('row').filter({ hasText: 'CT_LOGGED' })).toContainText('3')
  await expect(statistics).toContainText('free')
  expect(await seriousViolations(page)).toEqual([])

  await log.getByRole('radiogroup', { name: 'Direction' }).getByText('Called us').click()
  await expect(log.getByRole('table')).not.toContainText('NOWHERE')
  await log.getByLabel('Find in the log').fill('nobody of this name')
  await expect(log).toContainText('No connection fits')
  await log.getByLabel('Find in the log').fill('ct_log')
  await expect(log.getByRole('button', { name: /CT_LOGGED: details/ })).toBeVisible()
  const csv = async (button: string) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: button }).click()
    return readFileSync(await (await download).path(), 'utf8')
  }
  const lines = (await csv('Export CSV')).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(',in,DICOM,released,CT_LOGGED,')
  expect(await csv('Export statistics as CSV')).toContain('CT_LOGGED,127.0.0.1,1,3,0,')
  expect.soft(await aroundWithTab(page)).toEqual({ missed: [], unmarked: [] })
})
