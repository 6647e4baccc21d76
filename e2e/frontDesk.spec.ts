import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { newUID } from '#shared/dicom/uid.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { dcmsend } from './peers/dcmtk.ts'
import { acquire, device } from './peers/device.ts'
import { answers, freePort } from './peers/freePort.ts'
import { MllpSender, orderMessage } from './peers/mllpSender.ts'
import { startOrthanc } from './peers/orthanc.ts'
import { addServer } from './workstation/addServer.ts'
import type { Connection } from './workstation/connect.ts'
import { transferWhere } from './workstation/transferEnd.ts'
import { until } from './workstation/until.ts'

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const card = (page: Page, name: string, text: string) =>
  column(page, name).getByRole('listitem').filter({ hasText: text })

/** As at the desk: N, the animal, Enter, its fields, the examination, Ctrl Enter. No mouse. */
async function request(page: Page, name: string, examination: string, station: string): Promise<void> {
  const press = (key: string) => page.keyboard.press(key)
  await press('n')
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: `New animal “${name}”` })).toBeVisible()
  await press('Enter')
  await tabTo(page, 'Born')
  await page.keyboard.type('5 y')
  await tabTo(page, 'Owner')
  await page.keyboard.type('Sato, Ren')
  await tabTo(page, 'Examination')
  await page.keyboard.type(examination)
  await press('Enter')
  await tabTo(page, 'Device')
  await page.keyboard.type(station)
  await press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** By the Tab key alone. */
async function tabTo(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  for (let turn = 0; turn < 15; turn += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(field).toBeFocused()
}

test('the whole way: HL7 order, worklist, MPPS, 40 images, done, opened, sent and proved', async ({
  folder,
  workstation,
  connection: { ask },
  page,
}) => {
  test.setTimeout(360_000)
  const hl7Port = await freePort()
  await ask.settings.update({ hl7Listener: true, hl7Port })
  await until('the HL7 port', async () => ((await answers(hl7Port)) ? true : undefined))
  await page.goto(workstation.url)
  await goTo(page, 'Front desk')
  await expect(column(page, 'Scheduled')).toContainText('Nothing is planned')
  expect(await seriousViolations(page)).toEqual([])
  using practiceManagement = await MllpSender.open(hl7Port)
  expect(await practiceManagement?.send(orderMessage('ACC7'))).toContain('MSA|AA|ACC7|')
  await expect(card(page, 'Scheduled', 'Sato, Rex')).toContainText('Thorax, CT')
  await request(page, 'Miso', 'thorax, 2', 'DR1')
  await expect(card(page, 'Scheduled', 'Sato, Miso')).toContainText('Dog, about 5 y')
  await expect(page.getByText('Devices cannot see these requests yet')).toBeVisible()
  await page.getByRole('button', { name: 'Give devices their worklist' }).click()
  await expect(page.getByText('Devices cannot see these requests yet')).toBeHidden()
  expect(await seriousViolations(page)).toEqual([])

  // Its own worklist, as that of a server.
  const self = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await addServer(ask, { ...self, name: 'Hospital', worklistAETitle: workstation.aeTitle })
  await expect(page.getByRole('button', { name: 'Find on the worklists' })).toBeVisible()
  await page.keyboard.press('f')
  const search = page.getByRole('dialog', { name: 'Find on the worklists' })
  await search.getByLabel('From', { exact: true }).fill('21.11.2026')
  await search.getByLabel('Patient name').fill('miso')
  await page.keyboard.press('Enter')
  await expect(search.getByText('A day is written as 2026-11-21.')).toBeVisible()
  await search.getByLabel('From', { exact: true }).fill(`${new Date().getFullYear()}-01-01`)
  await page.keyboard.press('Enter')
  await expect(search.getByRole('row', { name: /Miso/ })).toBeVisible()
  await expect(search.getByRole('row')).toHaveCount(2)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')

  const ct = device('CT1', workstation)
  const answer = await ct.askWorklist([
    'PatientName',
    'AccessionNumber',
    'StudyInstanceUID',
    '(0040,0100)[0].ScheduledStationAETitle=CT1',
    '(0040,0100)[0].ScheduledProcedureStepDescription',
  ])
  const rex = (await firstBoard(ask)).find(({ order }) => order.accessionNumber === 'ACC7')?.order
  if (!rex) throw new Error('The request is not on the board')
  expect(answer).toContain('ACC7')
  expect(answer).toContain(rex.studyInstanceUID)
  expect(answer).not.toContain('Miso')

  await ct.begin(rex)
  await expect(card(page, 'In progress', 'Rex')).toContainText('no images yet')
  const images = acquire(join(folder, 'images'), rex, 40)
  await ct.end(rex, images)
  // It says that it made forty, and none is here: that is not done.
  await expect(card(page, 'In progress', 'Rex')).toBeVisible()
  const to = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await dcmsend(to, images.files.slice(0, 2))
  await expect(card(page, 'Images here', 'Rex')).toContainText('2 of 40 images')
  await dcmsend(to, images.files)
  await expect(card(page, 'Done', 'Rex')).toContainText('40 images')
  const done = (await firstBoard(ask)).find(({ order }) => order.orderId === rex.orderId)
  expect(done).toMatchObject({ images: 40, missingImages: 0, performedBy: 'CT1' })
  await card(page, 'Done', 'Rex').locator('[data-card]').click()
  await expect(page.getByRole('main', { name: 'viewer' })).toBeVisible()
  await expect(page.getByText('Rex').first()).toBeVisible()

  await using orthanc = await startOrthanc(join(folder, 'orthanc'), [to])
  const serverId = await addServer(ask, { name: 'University', ...orthanc })
  const { transferIds } = await ask.transfers.send({
    serverIds: [serverId],
    selection: { studyIds: done?.studyIds ?? [] },
  })
  const { proof } = await transferWhere(ask, transferIds[0] ?? '', (row) => row.proof?.state === 'proved')
  expect(proof?.counted).toBe(40)
})

test('images of somebody else are proposed to a person and never merged', async ({
  folder,
  workstation,
  connection: { ask },
  page,
}) => {
  await page.goto(workstation.url)
  await goTo(page, 'Front desk')
  await request(page, 'Rex', 'thorax ct', 'CT1')
  const [rex] = await firstBoard(ask)
  if (!rex) throw new Error('The request is not on the board')
  const wrong = acquire(join(folder, 'wrong'), rex.order, 1, { PatientID: 'SOMEBODY', PatientName: 'Dog' })
  const to = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await dcmsend(to, wrong.files)
  const proposal = card(page, 'Needs attention', 'Probably this request')
  await expect(proposal).toContainText('Same study UID. The images say patient ID SOMEBODY.')
  await expect(card(page, 'Scheduled', 'Rex')).toBeVisible()
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await expect(rail.getByRole('button', { name: 'Front desk' })).toHaveAccessibleDescription('1 needs attention')
  expect(await seriousViolations(page)).toEqual([])
  await proposal.getByRole('button', { name: 'Attach to Sato, Rex' }).click()
  await expect(card(page, 'Images here', 'Rex')).toContainText('1 image')
  await expect(column(page, 'Needs attention')).toContainText('All is well')

  const right = acquire(join(folder, 'right'), rex.order, 1, { StudyInstanceUID: newUID(), AccessionNumber: '' })
  await dcmsend(to, right.files)
  await expect(card(page, 'Images here', 'Rex')).toContainText('2 images, 1 by patient ID')
  // The device says that it is done, and named another one: nobody but a person knows whose these are.
  const ct = device('CT1', workstation)
  await ask.settings.update({ answerPerformedSteps: true })
  await expect(() => ct.begin(rex.order)).toPass()
  await ct.end(rex.order, wrong)
  const doubt = card(page, 'Needs attention', '1 of these 2 images is here by the patient ID alone')
  await expect(doubt).toContainText('Keep it with this request, or take it off.')
  expect(await seriousViolations(page)).toEqual([])
  await doubt.getByRole('button', { name: 'Keep the images of Sato, Rex' }).press('Enter')
  await expect(card(page, 'Done', 'Rex')).toContainText('2 images')
  await expect(column(page, 'Needs attention')).toContainText('All is well')

  await card(page, 'Done', 'Rex').locator('[data-card]').focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: 'Edit request' })).toBeVisible()
  // To devices `Sato^Rex` (PS3.5 6.2.1), at the desk what was typed.
  expect(rex.order.patient.patientName).toBe('Sato^Rex')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Rex')
  await expect(page.getByLabel('Owner', { exact: true })).toHaveValue('Sato, Ren')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByLabel('Time').fill('noon')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('A time is hours and minutes, as 14:30.')).toBeVisible()
  await page.getByLabel('Time').fill('16:20')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.keyboard.press('n')
  await page.keyboard.type('Willow')
  await expect(page.getByRole('option', { name: 'New animal “Willow”' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Willow')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.keyboard.press('p')
  await expect(page.getByRole('row', { name: /SOMEBODY/ })).toContainText('sex, birth date or age')
  await page.getByLabel('Find patients').fill('nobody at all')
  await expect(page.getByText('No patient matches')).toBeVisible()
})

type Ask = Connection['ask']
async function firstBoard(ask: Ask) {
  const day = new Date()
  const today = `${day.getFullYear()}${`${day.getMonth() + 1}`.padStart(2, '0')}${`${day.getDate()}`.padStart(2, '0')}`
  for await (const { cards } of ask.worklist.board({ from: today, to: today })) return cards
  return []
}

test('practice management leaves requests by HL7, by REST and as files, and each is listed with what became of it', async ({
  folder,
  connection: { ask },
  workstation,
  page,
}) => {
  const requests = join(folder, 'requests')
  mkdirSync(requests)
  const hl7Port = await freePort()
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  await page.getByLabel('Take orders by HL7').check()
  await page.getByLabel('HL7 port').fill(String(hl7Port))
  await page.getByLabel('Folder of request files').fill(requests)
  const restPort = await freePort()
  await page.getByLabel('REST port').fill(String(restPort))
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await until('the HL7 port', async () => ((await answers(hl7Port)) ? true : undefined))
  using sender = await MllpSender.open(hl7Port)
  expect(await sender?.send(orderMessage('MSG1'))).toContain('MSA|AA|MSG1')
  expect(await sender?.send('MSH|^~\\&|VETDESK|CLINIC|||||ADT^A01|MSG2|P|2.5.1')).toContain('MSA|AR|MSG2')
  await page.getByLabel('Take orders by REST').check()
  await page.getByRole('button', { name: 'Make a token' }).click()
  const token = await page.getByLabel('Token', { exact: true }).inputValue()
  await until('the REST port', async () => ((await answers(restPort)) ? true : undefined))
  const put = (secret: string) =>
    fetch(`http://127.0.0.1:${restPort}/orders/desk-1`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Willow', procedure: 'Abdomen, 2 views', species: 'Dog' }),
    })
  await expect(page.getByText(`REST orders are taken at http://127.0.0.1:${restPort}/orders`)).toBeVisible()
  expect((await put('guessed')).status).toBe(401)
  expect((await put(token)).status).toBe(201)
  expect((await put(token)).status).toBe(200)
  writeFileSync(join(requests, 'day.csv'), 'name,procedure,species\nMiso,"Thorax, 2 views",Cat\n,Abdomen,\n')

  await goTo(page, 'Front desk')
  await expect(card(page, 'Scheduled', 'Sato, Rex')).toContainText('Thorax, CT')
  await expect(card(page, 'Scheduled', 'Miso')).toContainText('Cat')
  await expect(card(page, 'Scheduled', 'Willow')).toContainText('Abdomen, 2 views')
  const found = await firstBoard(ask)
  expect(found.map(({ order: { source } }) => source.kind).toSorted()).toEqual(['file', 'hl7', 'rest'])
  await page.getByRole('button', { name: 'Requests in' }).click()
  const list = page.getByRole('dialog', { name: 'From practice management' })
  await expect(list.getByText('Request made')).toHaveCount(3)
  await expect(list.getByRole('row', { name: /REST, desk-1/ })).toHaveCount(2)
  await expect(list.getByText('Messages of type ADT^A01 are not taken')).toBeVisible()
  await expect(list.getByText('Enter the name of the patient')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')

  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Add examination' }).click()
  await page.getByLabel('Examination', { exact: true }).fill('Tail, 2 views')
  await page.getByLabel('Code', { exact: true }).fill('TAIL2')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('TAIL2, 99LOCAL')).toBeVisible()
  await page.getByRole('button', { name: 'Delete Tail, 2 views' }).click()
  await expect(page.getByText('TAIL2, 99LOCAL')).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('TAIL2, 99LOCAL')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
