import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { seriousViolations } from './browser/axe.ts'
import { tabTo } from './browser/keys.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_IMAGE_STORAGE } from './crash/storedInstance.ts'
import { freePort } from './peers/freePort.ts'
import { addServer } from './workstation/addServer.ts'
import { run } from './workstation/spawned.ts'

test('what came in is said, of each source as chosen, and not in quiet hours; a server tells what is new there', async ({
  folder,
  workstation,
  connection,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { ask } = connection
  await ask.devices.add({
    fields: {
      ...{ aeTitle: 'CT_HEARD', address: '', vendor: '', model: '', modality: '', place: '', note: '' },
      ...{ aliases: [], calledAs: [], access: 'allow' },
    },
  })
  await addServer(ask, { name: 'Telling PACS', aeTitle: 'TELLS', port: 1 })
  let sent = 0
  /** So many new images of a series, and waits until the host has its notice. */
  const send = async (series: number, images: number) => {
    const paths = Array.from({ length: images }, () => {
      sent += 1
      const path = join(folder, `${sent}.dcm`)
      const dataSet = {
        ...{ SOPClassUID: CT_IMAGE_STORAGE, SOPInstanceUID: `1.2.3.${series}.${sent}`, Modality: 'CT' },
        ...{ StudyInstanceUID: '1.2.3', SeriesInstanceUID: `1.2.3.${series}`, PatientID: 'H1' },
      }
      writeFileSync(path, writePart10({ dataSet }))
      return path
    })
    const to = ['-aet', 'CT_HEARD', '-aec', workstation.aeTitle, '127.0.0.1', String(workstation.dicomPort)]
    expect((await run('storescu', [...to, ...paths])).code).toBe(0)
    for await (const notices of ask.notices.watch({}))
      if (notices.some(({ text }) => new RegExp(`\\b${images} images?\\b`).test(text))) return
  }
  const preferred = async () => {
    for await (const now of ask.notices.preferences({})) return now
    return undefined
  }
  await page.addInitScript(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(() => {
      said.push(document.querySelector('[role="region"][aria-label="Notifications"]')?.textContent ?? '')
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const notices = page.getByRole('region', { name: 'Notices' })
  await notices.getByLabel('Say when images came in').check()
  await expect.poll(preferred).toMatchObject({ isOn: true, sources: {} })
  const its = notices.getByLabel('CT_HEARD')
  await expect(its).toHaveValue('usual')
  const quiet = async (from: string, to: string) => {
    await notices.getByLabel('Quiet from').fill(from)
    await notices.getByLabel('Quiet until').fill(to)
    await notices.getByLabel('Quiet until').press('Enter')
    await expect.poll(preferred).toMatchObject({ quietFrom: from, quietTo: to })
  }
  await notices.getByLabel('Quiet from').fill('8 pm')
  await notices.getByLabel('Quiet from').blur()
  await expect(notices.getByText('A time is written as 20:00.')).toBeVisible()
  await notices.getByLabel('Notification port').fill(String(await freePort()))
  await notices.getByRole('button', { name: 'Use this port' }).click()
  await expect(notices.getByText('The port is closed: no server is set to tell')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  // Whatever the time of the day is when this runs.
  const [before, after] = await page.evaluate(() =>
    [-2, 2].map((hours) => `${String((new Date().getHours() + hours + 24) % 24).padStart(2, '0')}:00`),
  )
  await quiet('12:00', '12:00')
  const toast = page.getByRole('region', { name: 'Notifications' })
  await send(1, 2)
  await expect(toast).toContainText('New study from CT_HEARD: 2 images')
  const choose = async (label: string, heard: string) => {
    await its.selectOption(label)
    await expect.poll(preferred).toMatchObject({ sources: { CT_HEARD: heard } })
  }
  await choose('New studies', 'study')
  await send(2, 3)
  await choose('New studies and series', 'series')
  await send(2, 4)
  await send(3, 5)
  await expect(toast).toContainText('New series from CT_HEARD: 5 images')
  await choose('Nothing', 'nothing')
  await send(4, 6)
  await its.selectOption('As above')
  await expect.poll(async () => (await preferred())?.sources).toEqual({})
  await quiet(before ?? '', after ?? '')
  await send(4, 7)
  await quiet('12:00', '12:00')
  await send(4, 8)
  await expect(toast).toContainText('8 images from CT_HEARD')
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'))
  expect(said).not.toMatch(/\b[3467] images/)
  await notices.getByLabel('Of what').selectOption('New studies and series')
  await expect.poll(preferred).toMatchObject({ usual: 'series' })
  await page.reload()
  await expect(toast).toBeAttached()
  await goTo(page, 'Settings')
  await expect(notices.getByLabel('Of what')).toHaveValue('series')
  await expect(notices.getByLabel('Quiet until')).toHaveValue('12:00')

  // The block of a server, by keys alone.
  const press = (key: string) => page.keyboard.press(key)
  await goTo(page, 'Servers')
  await page.getByRole('option', { name: /Telling PACS/ }).press('Enter')
  const block = page.locator('summary').filter({ hasText: /^Notifications/ })
  await tabTo(page, block)
  await press('Enter')
  await tabTo(page, page.getByLabel('It tells us of what is new'))
  await press('Space')
  await expect(page.getByText('Choose the address of ours that it can reach.')).toBeVisible()
  await tabTo(page, page.getByLabel('Notification address'))
  await page.keyboard.type('127.0.0.1')
  await expect(page.getByLabel('Notification address')).toHaveValue('127.0.0.1')
  await tabTo(page, page.getByLabel('Retrieve what it tells of at once'))
  await press('Space')
  await press('Space')
  await press('ControlOrMeta+s')
  await expect(page.getByText(/is open\. Make a secret for this server/)).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Make a secret' }))
  await press('Enter')
  await expect(page.getByText('It stands in the lines below')).toBeVisible()
  await tabTo(page, page.getByLabel('Lines for its administrator'))
  await page.keyboard.type('Any program')
  await tabTo(page, page.getByRole('button', { name: 'Copy the lines' }))
  await press('Enter')
  await expect(toast).toContainText('The lines are copied')
  expect(await seriousViolations(page)).toEqual([])
  const line = await page.evaluate(() => navigator.clipboard.readText())
  expect(line).toBe(await page.locator('pre').textContent())
  const secret = /Bearer ([\w-]+)"/.exec(line)?.[1] ?? ''
  const url = line.split(' ').at(-1) ?? ''
  const body = JSON.stringify({ level: 'study', studyInstanceUID: '1.2.999' })
  const tell = (as: string) => fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${as}` } })
  expect((await tell('wrong')).status).toBe(401)
  expect((await tell(secret)).status).toBe(202)
  await expect(page.getByText(/1 message taken since the start.*1 message with a wrong secret/)).toBeVisible()
  await expect(toast).toContainText('New study at Telling PACS')
  await toast.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('main').getByRole('button', { name: 'Telling PACS' }).first()).toBeVisible()

  await goTo(page, 'Servers')
  await tabTo(page, block)
  await press('Enter')
  await expect(page.locator('pre')).toContainText('Bearer SECRET')
  await tabTo(page, page.getByRole('button', { name: 'Forget', exact: true }))
  await press('Enter')
  await expect(page.getByText(/is open\. Make a secret for this server/)).toBeVisible()
  expect((await tell(secret)).status).toBe(401)
  await goTo(page, 'Settings')
  await notices.getByLabel('Notifications over TLS').check()
  await expect(notices.getByText('this workstation has no certificate')).toBeVisible()
})
