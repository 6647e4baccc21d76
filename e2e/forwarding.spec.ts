import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'
import { addServer } from './workstation/addServer.ts'

const PICTURES = process.env.PICTURES

test('a rule is made, tried on what is here, switched on, and sends what comes then; its log says so', async ({
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  const peer = await MoodyPeer.open()
  const scan = async (series: number, count: number) => {
    const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
    const instances = ctSeries({ series, rows: 64 })
    for (let number = 1; number <= count; number += 1)
      expect((await sender?.store(instances(number)))?.status).toBe(0x0000)
    await sender?.release()
  }
  try {
    await addServer(ask, { name: 'Northview', aeTitle: 'PEER', port: peer.port })
    await scan(1, 3)
    await page.goto(workstation.url)
    await goTo(page, 'Transfers')
    await page.getByRole('button', { name: 'Rules' }).click()
    await page.getByRole('button', { name: 'New rule' }).last().click()
    const editor = page.getByRole('region', { name: 'Rule', exact: true })
    const trial = editor.getByRole('status', { name: 'What it would have sent' })
    await editor.getByRole('button', { name: 'Save' }).click()
    await expect(editor.getByRole('alert')).toHaveText('Give the rule a name.')
    await editor.getByLabel('Name').fill('All CT')
    await editor.getByLabel('When').selectOption('received')
    await editor.getByRole('button', { name: 'Condition', exact: true }).click()
    await editor.getByLabel('Value').fill('MR')
    await expect(trial).toContainText('Would have sent 0 of the last 1 study')
    await editor.getByLabel('Value').fill('CT')
    await expect(trial).toContainText('Would have sent 1 of the last 1 study, 3 images')
    await expect(trial).toContainText('Modality: CT')
    await editor.getByLabel('Northview').check()
    await editor.getByRole('button', { name: 'Save' }).click()
    await editor.getByRole('button', { name: 'Switch on' }).click()
    const list = page.getByRole('region', { name: 'Rules', exact: true })
    await expect(list.getByRole('button', { name: /All CT to Northview/ })).toContainText('On')
    expect(peer.brought).toHaveLength(0)

    await page.getByRole('button', { name: 'New rule' }).last().click()
    await editor.getByLabel('Name').fill('Tell')
    await editor.getByLabel('What', { exact: true }).selectOption('priors')
    await editor.getByLabel('When').selectOption('opened')
    await expect(editor.getByRole('group', { name: 'Which earlier studies' })).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/rule-priors.png` })
    expect(await seriousViolations(page)).toEqual([])
    await editor.getByLabel('What', { exact: true }).selectOption('notify')
    await editor.getByLabel('When').selectOption('received')
    await expect(editor.getByLabel('Northview')).toBeHidden()
    await editor.getByRole('button', { name: 'Save' }).click()
    await editor.getByRole('button', { name: 'Switch on' }).click()
    await expect(list.getByRole('button', { name: /Tell: say so/ })).toContainText('On')

    await scan(2, 4)
    const log = page.getByRole('table', { name: 'What the rules did' })
    await expect(log.getByRole('button', { name: '4 images' })).toBeVisible({ timeout: 60_000 })
    await expect.poll(() => peer.stored.size).toBe(4)
    await expect(log).toContainText('Said: Tell: 4 images from')
    await expect(list.getByText('4 images so far').first()).toBeVisible()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/rules.png` })
    expect(await seriousViolations(page)).toEqual([])

    // What was typed stays while other pages are open; leaving it for another rule is asked; a deletion is taken back.
    await editor.getByLabel('Name').fill('Tell everybody')
    await goTo(page, 'Studies')
    await goTo(page, 'Transfers')
    await page.getByRole('button', { name: 'Rules' }).click()
    await expect(editor.getByLabel('Name')).toHaveValue('Tell everybody')
    await list.getByRole('button', { name: /All CT to Northview/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Tell is not saved' })
    await dialog.getByRole('button', { name: 'Discard changes' }).click()
    await expect(editor.getByLabel('Name')).toHaveValue('All CT')
    await editor.getByRole('button', { name: 'Delete' }).click()
    await expect(list.getByRole('button', { name: /All CT to Northview/ })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('button', { name: /All CT to Northview/ })).toContainText('On')
    await log.getByRole('button', { name: '4 images' }).click()
    await expect(page.getByText('Sent by the rule All CT.')).toBeVisible()

    // Opened from here it is opened as from the list: rules of opened studies hear of it.
    const opened = async () => (await ask.studies.list({})).rows.filter(({ openedAt }) => openedAt !== null).length
    expect(await opened()).toBe(0)
    await page.getByRole('button', { name: 'Open study' }).click()
    await expect.poll(opened).toBe(1)
  } finally {
    peer.down()
  }
})
