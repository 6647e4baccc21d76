import { join } from 'node:path'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT, writeDemoFiles } from './conformance/demoFiles.ts'
import { startStorescp, storescu } from './peers/dcmtk.ts'
import { freePort } from './peers/freePort.ts'
import { addServer } from './workstation/addServer.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

test('while the workstation is down the frame says nothing of what it did before', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  const status = page.getByRole('region', { name: 'Workstation status' })
  await expect(status).toContainText('Listening')
  await workstation.stop()
  await expect(page.getByRole('alert')).toContainText('The workstation does not answer')
  await expect(status).not.toContainText('Listening')
  await expect(status).not.toContainText('free')
  await expect(status).toContainText('not known')
})

test('a page that stayed open while the workstation was updated is loaded anew, and takes nothing away', async ({
  connection,
  workstation,
  page,
  complaints,
}) => {
  await connection.ask.settings.addDemoStudies({})
  let lose = () => {}
  await page.routeWebSocket('**/wire', (socket) => {
    socket.connectToServer()
    lose = () => void socket.close()
  })
  // From now on as after a restart with another version: what the page still has to load has another name.
  let isUpdated = false
  let documents = 0
  await page.route(
    (url) => url.pathname === '/',
    async (route) => {
      const isDocument = route.request().resourceType() === 'document'
      if (isDocument) documents += 1
      if (!isUpdated || isDocument) return route.continue()
      const answer = await route.fetch()
      const html = await answer.text()
      await route.fulfill({ response: answer, body: html.replaceAll(/index-[\w-]+\.js/g, 'index-other.js') })
    },
  )
  let isGone = false
  await page.route(/ViewerPage-[\w-]+\.js/, (route) => (isGone ? route.abort() : route.continue()))
  // Between two documents there is nobody to ask.
  const marked = () => page.evaluate(() => document.body.dataset.marked === 'yes').catch(() => true)
  const mark = () => page.evaluate(() => document.body.setAttribute('data-marked', 'yes'))
  const toast = page.getByRole('region', { name: 'Notifications' })
  const said = 'The workstation was updated. The page was loaded again.'
  await page.goto(workstation.url)
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()
  await mark()

  // Where somebody types it waits, and says so.
  await page.getByRole('searchbox').first().fill('P')
  isUpdated = true
  lose()
  const banner = page.getByRole('status').filter({ hasText: 'The workstation was updated.' })
  await expect(banner).toBeVisible()
  expect(await marked()).toBe(true)
  isUpdated = false
  await banner.getByRole('button', { name: 'Reload' }).click()
  await expect.poll(marked).toBe(false)
  await expect(studyRow(page, CT_PATIENT)).toBeVisible()

  // Where nothing would be lost it is done by itself, once.
  await mark()
  isUpdated = true
  lose()
  await expect.poll(marked).toBe(false)
  await expect(toast).toContainText(said)
  isUpdated = false

  // A part of the page that is there no more: what stands empty for it is loaded anew, too, once.
  await studyRow(page, CT_PATIENT).dblclick()
  await expect(page.getByRole('region', { name: /^Tile 1,/ })).toContainText('Image 1 of')
  isGone = true
  isUpdated = true
  const before = documents
  await page.evaluate(() => setTimeout(() => location.reload()))
  await expect.poll(() => documents).toBe(before + 2)
  await expect(page.getByText('This part of the page stopped working')).toBeVisible()
  await expect(banner).toBeVisible()
  expect(documents).toBe(before + 2)
  // That it could not be fetched is what this was about.
  expect(complaints.filter((text) => !text.includes('dynamically imported module'))).toEqual([])
  complaints.splice(0)
})

test('what runs is said where it was begun, and then how it ended', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  const { ask } = connection
  const { studyIds } = await ask.settings.addDemoStudies({})
  expect(studyIds).toHaveLength(3)
  await using peer = await startStorescp({ folder: join(folder, 'in') })
  const there = await addServer(ask, { name: 'There', aeTitle: peer.aeTitle, port: peer.port })
  await ask.servers.setDefault({ serverId: there })
  await page.goto(workstation.url)
  const toast = page.getByRole('region', { name: 'Notifications' })
  const send = async () => {
    await studyRow(page, CT_PATIENT).click()
    await page.keyboard.press('Control+e')
    await expect(page.getByRole('dialog', { name: 'Send' })).toBeVisible()
    await page.keyboard.press('Control+Enter')
  }
  await send()
  await expect(toast).toContainText('60 images to There.')
  await expect(studyRow(page, CT_PATIENT)).toContainText(/(Sent to|At) There/)

  await peer.stop()
  await send()
  await expect(toast).toContainText('nothing listens on port')
  await expect(toast).toContainText('It is tried again by itself')
  await expect(studyRow(page, CT_PATIENT)).toContainText('Waits for There')
  await toast.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('region', { name: 'Details of the transfer' })).toContainText('nothing listens on port')
})

test('a device that is not known is refused, said at once, and let in from its card', async ({ folder, page }) => {
  await using workstation = await startWorkstation({ dataFolder: join(folder, 'known'), accept: 'known' })
  using connection = await connect(workstation.url)
  const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  const files = writeDemoFiles(join(folder, 'files')).slice(0, 1)
  await page.goto(workstation.url)
  await expect(page.getByText('No studies yet')).toBeVisible()
  expect((await storescu(own, files)).code).not.toBe(0)
  const toast = page.getByRole('region', { name: 'Notifications' })
  await expect(toast).toContainText('STORESCU 127.0.0.1 wanted to send and was refused.')
  await toast.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByRole('grid', { name: 'Known devices' })).toContainText('STORESCU')
  // It waits for nobody any more.
  await expect(page.getByRole('region', { name: 'Workstation status' })).not.toContainText('attention')
  expect((await storescu(own, files)).code).toBe(0)
  await goTo(page, 'Studies')
  await expect(page.getByRole('grid', { name: 'Studies' }).getByRole('row')).toHaveCount(2)
  expect(await connection.ask.servers.list({})).toEqual([])
})

test('no page is wider than the window, however wide that is', async ({ workstation, connection, page }) => {
  const { ask } = connection
  const gone = await addServer(ask, { name: 'A PACS with a rather long name', aeTitle: 'GONE', port: await freePort() })
  const { studyIds } = await ask.settings.addDemoStudies({})
  await ask.transfers.send({ serverIds: [gone], selection: { studyIds: studyIds.slice(0, 1) } })
  const edge = async (name: string) => {
    const box = await page.getByRole('columnheader', { name, exact: true }).boundingBox()
    return box === null ? Number.POSITIVE_INFINITY : box.x + box.width
  }
  const overflows = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main *')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .map((element) => element.className),
    )
  await page.goto(workstation.url)
  for (const width of [1000, 1100, 1280, 1440, 2560]) {
    await page.setViewportSize({ width, height: 800 })
    await page.reload()
    await goTo(page, 'Studies')
    await studyRow(page, CT_PATIENT).click()
    await expect(studyRow(page, CT_PATIENT)).toContainText('Waits for A PACS')
    for (const name of ['Patient', 'Images', 'Status'])
      expect(await edge(name), `${name} at ${width}`).toBeLessThanOrEqual(width)
    expect(await overflows(), `Studies at ${width}`).toEqual([])
    for (const name of ['Servers', 'Transfers', 'Devices', 'Settings'] as const) {
      await goTo(page, name)
      if (name === 'Transfers') await studyRow(page, 'GONE').or(studyRow(page, CT_PATIENT)).first().click()
      expect(await overflows(), `${name} at ${width}`).toEqual([])
    }
  }
})
