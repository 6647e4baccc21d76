import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { serverFields } from '#shared/contract/servers.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT } from './conformance/demoFiles.ts'
import { addServer } from './workstation/addServer.ts'
import type { Connection } from './workstation/connect.ts'
import { transferWhere } from './workstation/transferEnd.ts'

const PICTURES = process.env.PICTURES

test('sends wait, go on by themselves, are paused, refused and proved: the page says which', async ({
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  const good = await MoodyPeer.open()
  const away = await MoodyPeer.open()
  const picky = await MoodyPeer.open()
  const lossy = await MoodyPeer.open()
  const busy = await MoodyPeer.open()
  try {
    await ask.settings.addDemoStudies({})
    away.down()
    picky.mood = (_, count) => (count > 8 ? 0 : ([0, 0xb000, 0xa900, 0xc000][count % 4] ?? 0))
    lossy.mood = (_, count) => (count === 3 ? 'drop' : 0)
    const add = (name: string, { port }: MoodyPeer) => addServer(ask, { name, aeTitle: 'PEER', port })
    const ids = [await add('Northview', good), await add('Old archive', away), await add('Vetrad', picky)]
    const lossyId = await add('University', lossy)
    const nightId = await add('Night clinic', good)
    await setHours(ask, nightId)
    const { rows } = await ask.studies.list({})
    const ct = rows.find(({ modalities }) => modalities.includes('CT'))
    const selection = { studyIds: [ct?.studyId ?? 0] }
    const { transferIds } = await ask.transfers.send({ serverIds: [...ids, lossyId, nightId], selection })
    const [proved = '', waiting = '', refused = '', dropped = '', later = ''] = transferIds
    await page.goto(workstation.url)
    await goTo(page, 'Transfers')
    const grid = page.getByRole('grid', { name: 'Transfers' })
    const row = (text: string) => grid.getByRole('row').filter({ hasText: text })
    await transferWhere(ask, proved, ({ proof }) => proof?.state === 'proved')
    await expect(row('Northview').getByText('Proved')).toBeVisible()
    await row('Northview').click()
    const details = page.getByRole('region', { name: 'Details of the transfer' })
    await expect(details.getByRole('status', { name: 'Proof' })).toContainText(/Sent (\d+), Northview has \1 \(C-FIND/)
    await expect(details.getByText('Found there').first()).toBeVisible()

    await transferWhere(ask, waiting, ({ attempts }) => attempts > 0)
    await row('Old archive').click()
    await expect(row('Old archive').getByText(/Retry (in \d+ s|now)/)).toBeVisible()
    await expect(details.getByText('nothing listens on port').first()).toBeVisible()
    await page.keyboard.press('p')
    await expect(row('Old archive').getByText('Paused')).toBeVisible()
    await details.getByRole('button', { name: 'Resume' }).click()
    await expect(row('Old archive').getByText('Paused')).toBeHidden()

    await transferWhere(ask, refused, ({ endedAt }) => endedAt !== null)
    await row('Vetrad').click()
    await expect(details.getByText('data set does not match SOP class (A900)').first()).toBeVisible()
    await expect(details.getByText('cannot understand', { exact: false }).first()).toBeVisible()
    await expect(details.getByText('(B000)').first()).toBeVisible()
    await expect(details.getByRole('button', { name: /^Retry \d+/ })).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/transfers.png` })
    expect(await seriousViolations(page)).toEqual([])

    await transferWhere(ask, dropped, ({ proof }) => (proof?.attempts ?? 0) > 0)
    await row('University').click()
    await expect(details.getByRole('status', { name: 'Proof' })).toContainText('so far')
    await expect(details.getByRole('status', { name: 'Proof' })).not.toContainText('Proved')
    await expect(row('University').getByText('Proved')).toBeHidden()

    // Back again: it goes on with no one asking, and only now is it said to be there.
    await away.up()
    await row('Old archive').click()
    await page.keyboard.press('r')
    await expect(row('Old archive').getByText('Proved')).toBeVisible()
    await row('Old archive').click()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/transfers-proved.png` })

    // Not its hour: it says until when it waits, and a person may send it all the same.
    await row('Night clinic').click()
    await expect(row('Night clinic').getByText(/^Waits until \d\d:00$/)).toBeVisible()
    await expect(details.getByText('Sent there only from')).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/transfers-hours.png` })
    await details.getByRole('button', { name: 'Send now' }).click()
    expect(await transferWhere(ask, later, ({ proof }) => proof?.state === 'proved')).toMatchObject({ state: 'done' })

    // No room, and no answer at all.
    await ask.settings.update({ dimseTimeoutSeconds: 2 })
    busy.mood = (_, count) => (count === 2 ? 0xa700 : count === 3 ? 'silence' : 0)
    const busyId = await add('Emergency', busy)
    const { transferIds: again } = await ask.transfers.send({ serverIds: [busyId], selection })
    await transferWhere(ask, again[0] ?? '', ({ attempts }) => attempts > 0)
    await row('Emergency').click()
    const images = details.getByRole('table', { name: 'Images of the transfer' }).getByRole('row')
    await expect(images.filter({ hasText: 'A700' })).toContainText('Waiting')
    await expect(images.filter({ hasText: 'did not answer in time' })).toContainText('Waiting')
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/transfers-busy.png` })

    await goTo(page, 'Studies')
    await studyRow(page, CT_PATIENT).first().click()
    await page.keyboard.press('Control+e')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Night clinic').check()
    await expect(dialog.getByText(/Night clinic is sent to from .*: this waits until \d\d:00/)).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/send-hours.png` })
    expect(await seriousViolations(page)).toEqual([])
    await dialog.getByText('Urgent', { exact: true }).click()
    await expect(dialog.getByText('Urgent goes at once all the same.')).toBeVisible()
    await page.keyboard.press('Escape')
    await goTo(page, 'Servers')
    await page.getByRole('option', { name: /^Night clinic/ }).click()
    await page.getByText('Hours of sending').click()
    await page.getByLabel('To', { exact: true }).fill('8 pm')
    await page.keyboard.press('Tab')
    await expect(page.getByText('Enter a time as 20:00.')).toBeVisible()
    await page.getByLabel('To', { exact: true }).fill(await page.getByLabel('From', { exact: true }).inputValue())
    await page.keyboard.press('Tab')
    await expect(page.getByText('Enter another time than the first one.')).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/server-hours.png` })
  } finally {
    for (const peer of [good, away, picky, lossy, busy]) peer.down()
  }
})

/** Hours that begin in two hours, whatever the time is. */
async function setHours(ask: Connection['ask'], serverId: number): Promise<void> {
  const row = (await ask.servers.list({})).find((one) => one.serverId === serverId)
  const hour = (inHours: number) => `${String((new Date().getHours() + inHours) % 24).padStart(2, '0')}:00`
  if (row)
    await ask.servers.update({
      serverId,
      fields: { ...serverFields.parse(row), sendHours: { from: hour(2), to: hour(4) } },
    })
}
