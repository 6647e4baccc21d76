import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousViolations } from './browser/axe.ts'
import { addServer, goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

test('the list goes out as a file and comes in again; its changes are taken back', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  const { ask } = connection
  const names = async () => (await ask.servers.list({})).map((server) => server.name)
  await page.goto(workstation.url)
  await addServer(page, { name: 'One', aeTitle: 'ONE', port: 104 })
  await addServer(page, { name: 'Two', aeTitle: workstation.aeTitle, port: 105 })
  await expect(page.getByText('This is our own AE title')).toBeVisible()

  const menu = page.getByRole('button', { name: 'More for the list' })
  const exported = page.waitForEvent('download')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  const file = join(folder, 'servers.csv')
  await (await exported).saveAs(file)
  expect(readFileSync(file, 'utf8')).toContain('One,ONE,127.0.0.1,104')
  writeFileSync(file, `${readFileSync(file, 'utf8')}Three,THREE,pacs.example,106\r\nFour,FOUR,pacs.example,none\r\n`)
  await page.getByLabel('File with servers').setInputFiles(file)
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('line 5')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(names).toEqual(['One', 'Two', 'Three'])

  await page.getByRole('option', { name: /^Three/ }).dragTo(page.getByRole('option', { name: /^One/ }), {
    targetPosition: { x: 60, y: 4 },
  })
  await expect.poll(names).toEqual(['Three', 'One', 'Two'])
  await page.getByRole('option', { name: /^Three/ }).focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(names).toEqual(['One', 'Two', 'Three'])
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(names).toEqual(['One', 'Two'])
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect.poll(names).toEqual(['One', 'Two', 'Three'])
})

test('a store endpoint and a filter by date are kept; who edits beside another window is told', async ({
  workstation,
  connection,
  page,
}) => {
  const { ask } = connection
  await page.goto(workstation.url)
  await addServer(page, { name: 'One', aeTitle: 'ONE', port: 104 })
  await page.getByText('Store endpoint of its own').click()
  await page.getByLabel('Images are sent to another place').check()
  await page.getByLabel('Store AE title').fill('ONE_STORE')
  await page.getByLabel('Store port').fill('11113')
  await page.getByText('Filter by date').click()
  await page.getByLabel('Studies shown').selectOption({ label: 'Only of the last time' })
  await page.getByLabel('Last', { exact: true }).fill('6')
  expect(await seriousViolations(page)).toEqual([])
  const [row] = await ask.servers.list({})
  if (!row) throw new Error('No server')
  await ask.servers.update({ serverId: row.serverId, fields: { ...row, description: 'from the other window' } })
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.click()
  await expect(page.getByText('was changed in another window meanwhile')).toBeVisible()
  await save.click()
  await expect(save).toBeHidden()
  expect((await ask.servers.list({}))[0]).toMatchObject({
    storeEndpoint: { aeTitle: 'ONE_STORE', host: '127.0.0.1', port: 11113 },
    queryDates: { kind: 'last', count: 6, unit: 'months' },
  })
})

test("the administrator's servers stand first and cannot be changed; a thousand servers are filtered at once", async ({
  folder,
  page,
}) => {
  const file = join(folder, 'servers.ini')
  writeFileSync(
    file,
    '[Hospital]\nae_title = UNI\nhost = uni.example\nport = 104\n[Broken]\nport = x\ncolour = green\n',
  )
  await using workstation = await startWorkstation({
    dataFolder: join(folder, 'data2'),
    flags: ['--servers-ini', file],
  })
  const rows = Array.from({ length: 1000 }, (_, at) => `Server ${at},AE${at},10.0.${at >> 8}.${at & 255},104`)
  const list = join(folder, 'many.csv')
  writeFileSync(list, `name,aeTitle,host,port\n${rows.join('\n')}\n`)
  await page.goto(workstation.url)
  await goTo(page, 'Servers')
  const options = page.getByRole('listbox', { name: 'Servers' }).getByRole('option')
  await expect(options).toHaveCount(1)
  await expect(page.getByText('Set by your administrator').first()).toBeVisible()
  await options.first().click()
  await expect(page.getByLabel('Host', { exact: true })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'More for the list' }).click()
  await page.getByRole('menuitem', { name: "Administrator's file" }).click()
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('[Broken] lacks ae_title, host.')
  await page.getByRole('button', { name: 'Done' }).click()
  const note = page.getByRole('status').filter({ hasText: 'faults in the administrator’s file' })
  await expect(note).toContainText('2 faults')
  await note.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('dialog')).toContainText(file)
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('line 7')
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByLabel('File with servers').setInputFiles(list)
  await expect(options).toHaveCount(1001)
  await page.getByLabel('Find a server').fill('Server 99')
  await expect(options).toHaveCount(11)
  await page.getByLabel('Find a server').fill('')
  await page.getByRole('option', { name: /^Server 500 / }).click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(options.nth(500)).toHaveAccessibleName(/^Server 500 /)
  expect(await seriousViolations(page)).toEqual([])

  // Nobody reads through a menu of a thousand: the drop-down of Studies finds them by typing.
  await goTo(page, 'Studies')
  await page.getByRole('button', { name: /^This workstation/ }).click()
  await expect(page.getByRole('menuitem')).toHaveCount(29)
  await page.getByRole('menuitem', { name: 'Find a server' }).press('Enter')
  const wanted = page.getByRole('combobox', { name: 'Find a server' })
  await expect(page.getByText('The first 50 of 1,001 servers.')).toBeVisible()
  await wanted.fill('10.0.3.9')
  await expect(page.getByRole('option')).toHaveCount(11)
  await wanted.fill('ae777')
  expect(await seriousViolations(page)).toEqual([])
  await wanted.press('Enter')
  await expect(page.getByRole('button', { name: /^Server 777/ })).toBeVisible()
})
