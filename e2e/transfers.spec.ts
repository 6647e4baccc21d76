import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT } from './conformance/demoFiles.ts'
import { addServer } from './workstation/addServer.ts'
import { transferWhere } from './workstation/transferEnd.ts'

const PICTURES = process.env.PICTURES

test('sends wait, go on by themselves, are paused, refused and proved: the page says which', async ({
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(240_000)
  const { ask } = connection
  const good = await MoodyPeer.open()
  const away = await MoodyPeer.open()
  const picky = await MoodyPeer.open()
  const lossy = await MoodyPeer.open()
  try {
    await ask.settings.addDemoStudies({})
    away.down()
    picky.mood = (_, count) => (count > 8 ? 0 : ([0, 0xb000, 0xa900, 0xc000][count % 4] ?? 0))
    lossy.mood = (_, count) => (count === 3 ? 'drop' : 0)
    const add = (name: string, { port }: MoodyPeer) => addServer(ask, { name, aeTitle: 'PEER', port })
    const ids = [await add('Northview', good), await add('Old archive', away), await add('Vetrad', picky)]
    const lossyId = await add('University', lossy)
    const { rows } = await ask.studies.list({})
    const ct = rows.find(({ modalities }) => modalities.includes('CT'))
    const selection = { studyIds: [ct?.studyId ?? 0] }
    const { transferIds } = await ask.transfers.send({ serverIds: [...ids, lossyId], selection })
    const [proved = '', waiting = '', refused = '', dropped = ''] = transferIds
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

    await goTo(page, 'Studies')
    await expect(studyRow(page, CT_PATIENT).first()).toBeVisible()
  } finally {
    for (const peer of [good, away, picky, lossy]) peer.down()
  }
})
