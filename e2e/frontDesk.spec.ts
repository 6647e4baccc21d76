import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { framed } from '#electron/hl7/frames.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { dcmsend } from './peers/dcmtk.ts'
import { acquire, device } from './peers/device.ts'
import { answers, freePort } from './peers/freePort.ts'
import type { Connection } from './workstation/connect.ts'
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
  await page.getByLabel('Owner').focus()
  await page.keyboard.type('Sato, Ren')
  await page.getByLabel('Examination', { exact: true }).focus()
  await page.keyboard.type(examination)
  await press('Enter')
  await page.getByLabel('Device', { exact: true }).focus()
  await page.keyboard.type(station)
  await press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('from order to images: asked for, on the device’s worklist, made, done, opened', async ({
  folder,
  workstation,
  connection: { ask },
  page,
}) => {
  test.setTimeout(240_000)
  await page.goto(workstation.url)
  await goTo(page, 'Front desk')
  await expect(column(page, 'Scheduled')).toContainText('Nothing is planned')
  expect(await seriousViolations(page)).toEqual([])
  await request(page, 'Rex', 'thorax ct', 'CT1')
  await request(page, 'Miso', 'thorax, 2', 'DR1')
  await expect(card(page, 'Scheduled', 'Rex')).toContainText('Thorax, CT')
  await expect(page.getByText('Devices cannot see these requests yet')).toBeVisible()
  await page.getByRole('button', { name: 'Give devices their worklist' }).click()
  await expect(page.getByText('Devices cannot see these requests yet')).toBeHidden()
  expect(await seriousViolations(page)).toEqual([])

  const ct = device('CT1', workstation)
  const answer = await ct.askWorklist([
    'PatientName',
    'AccessionNumber',
    'StudyInstanceUID',
    '(0040,0100)[0].ScheduledStationAETitle=CT1',
    '(0040,0100)[0].ScheduledProcedureStepDescription',
  ])
  const today = await firstBoard(ask)
  const rex = today.find(({ order }) => order.patient.patientName === 'Rex')?.order
  if (!rex) throw new Error('The request is not on the board')
  expect(answer).toContain(rex.accessionNumber)
  expect(answer).toContain(rex.studyInstanceUID)
  expect(answer).not.toContain('Miso')

  await ct.begin(rex)
  await expect(card(page, 'In progress', 'Rex')).toContainText('no images yet')
  const images = acquire(join(folder, 'images'), rex, 6)
  await ct.end(rex, images)
  // It says that it made six, and none is here: that is not done.
  await expect(card(page, 'In progress', 'Rex')).toBeVisible()
  const to = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  await dcmsend(to, images.files.slice(0, 2))
  await expect(card(page, 'Images here', 'Rex')).toContainText('2 of 6 images')
  await dcmsend(to, images.files)
  await expect(card(page, 'Done', 'Rex')).toContainText('6 images')
  await card(page, 'Done', 'Rex').locator('[data-card]').click()
  await expect(page.getByText('Rex').first()).toBeVisible()
  await expect(page.getByRole('main', { name: 'viewer' })).toBeVisible()
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
  expect(await seriousViolations(page)).toEqual([])
  await proposal.getByRole('button', { name: 'Attach to Rex' }).click()
  await expect(card(page, 'Images here', 'Rex')).toContainText('1 image')
  await expect(column(page, 'Needs attention')).toContainText('All is well')

  const right = acquire(join(folder, 'right'), rex.order, 1, { StudyInstanceUID: newUID() })
  await dcmsend(to, right.files)
  await expect(card(page, 'Images here', 'Rex')).toContainText('2 images')

  await card(page, 'Images here', 'Rex').locator('[data-card]').focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: 'Edit request' })).toBeVisible()
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

test('practice management leaves requests by HL7 and as files, and each is listed with what became of it', async ({
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
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await until('the HL7 port', async () => ((await answers(hl7Port)) ? true : undefined))
  const day = dateOf(new Date())
  const order = [
    'MSH|^~\\&|VETDESK|CLINIC|||20261121093000||ORM^O01|MSG1|P|2.5.1',
    'PID|1||VET0007||Sato^Rex||20180301|MN|||||||||||||||||||||||||||Canine|Beagle',
    `ORC|NW|P7\rOBR|1|P7||CTTHX^Thorax, CT^99NGTS||||||||||||||ACC7||||||CT|||^^^${day}1030`,
  ]
  expect(await exchange(hl7Port, framed(order.join('\r')))).toContain('MSA|AA|MSG1')
  expect(await exchange(hl7Port, framed('MSH|^~\\&|VETDESK|CLINIC|||||ADT^A01|MSG2|P|2.5.1'))).toContain('MSA|AR|MSG2')
  writeFileSync(join(requests, 'day.csv'), 'name,procedure,species\nMiso,"Thorax, 2 views",Cat\n,Abdomen,\n')

  await goTo(page, 'Front desk')
  await expect(card(page, 'Scheduled', 'Sato, Rex')).toContainText('Thorax, CT')
  await expect(card(page, 'Scheduled', 'Miso')).toContainText('Cat')
  const found = await firstBoard(ask)
  expect(found.map(({ order: { source } }) => source.kind).toSorted()).toEqual(['file', 'hl7'])
  await page.getByRole('button', { name: 'Requests in' }).click()
  const list = page.getByRole('dialog', { name: 'From practice management' })
  await expect(list.getByText('Request made')).toHaveCount(2)
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

function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      if (!text.endsWith('\x1c\r')) return
      socket.destroy()
      resolve(text)
    })
    socket.on('error', reject)
  })
}
