import { createHash } from 'node:crypto'
import { seriousViolations } from './browser/axe.ts'
import { addServer, goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { ctSeries } from './crash/storedInstance.ts'
import { StoreSender } from './crash/storeSender.ts'
import { startStorescp } from './peers/dcmtk.ts'
import type { Connection } from './workstation/connect.ts'
import type { Workstation } from './workstation/startWorkstation.ts'

/** Two objects under one UID, from a device. */
async function twoOfOneUid({ dicomPort, aeTitle }: Workstation): Promise<void> {
  const sender = await StoreSender.open(dicomPort, aeTitle)
  const first = ctSeries({ series: 1, rows: 64 })(1)
  const dataSet = Buffer.from(first.dataSet)
  dataSet.writeUInt16LE(4000, dataSet.length - 2)
  const second = { ...first, dataSet, sha256: createHash('sha256').update(dataSet).digest('hex') }
  for (const instance of [first, second]) expect((await sender?.store(instance))?.status).toBe(0)
  await sender?.release()
}

/** On the only image that there is. */
async function measureOnce({ ask }: Connection): Promise<void> {
  const [study] = (await ask.studies.list({ limit: 1 })).rows
  const [series] = await ask.studies.series({ studyId: study?.studyId ?? 0 })
  const [image] = await ask.studies.images({ seriesId: series?.seriesId ?? 0 })
  await ask.measurements.save({
    measurements: [
      {
        ...{ measurementId: crypto.randomUUID(), instanceId: image?.instanceId ?? 0, frame: 0 },
        ...{ kind: 'text', name: 'Node', points: [[1, 1]], measured: { kind: 'text' } },
        ...{ hidden: false, moved: null, knownMm: 0 },
      },
    ],
  })
}

test('what differs from an image that is here is found in quarantine, accepted, and taken back', async ({
  workstation,
  connection,
  page,
}) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const incoming = page.getByRole('region', { name: 'Incoming images' })
  await incoming.getByLabel('Put the other one into quarantine').check()
  await incoming.getByRole('button', { name: 'Quarantine', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Quarantine' })
  await expect(dialog).toContainText('Nothing is in quarantine')
  await page.keyboard.press('Escape')
  await expect
    .poll(async () => {
      for await (const { settings } of connection.ask.settings.watch({})) return settings.onConflict
      return ''
    })
    .toBe('quarantine')
  await twoOfOneUid(workstation)
  await goTo(page, 'Transfers')
  await page.getByRole('row').filter({ hasText: 'SENDER' }).first().click()
  await expect(page.getByRole('region', { name: 'Details of the transfer' })).toContainText('this one is in quarantine')
  await page.getByRole('button', { name: 'Quarantine, 1' }).click()
  await expect(dialog).toContainText('SENDER 127.0.0.1 sent it')
  await expect(dialog).toContainText('PixelData')
  expect(await seriousViolations(page)).toEqual([])
  await measureOnce(connection)
  await dialog.getByRole('button', { name: /^Accept/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('1 measurement on the image that is in the archive')
  await expect(dialog.getByRole('button', { name: 'Leave it' })).toBeFocused()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Differs')
  await expect(dialog).toContainText('1 measurement on the image that is in the archive.')
  await dialog.getByRole('button', { name: /^Accept/ }).click()
  await dialog.getByRole('button', { name: 'Accept, put 1 measurement aside' }).click()
  await expect(dialog).toContainText('Replaced')
  await expect(dialog).not.toContainText('measurement')
  await dialog.getByRole('button', { name: /^Take back/ }).click()
  await expect(dialog).toContainText('1 measurement on the image that is in the archive.')
  await expect(dialog).toContainText('Replaced')
  await dialog.getByRole('button', { name: /^Delete \d/ }).click()
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(dialog).toContainText('Nothing is in quarantine')
  expect((await connection.ask.studies.list({ limit: 10 })).rows).toMatchObject([{ instances: 1 }])
})

test('what a device may store is chosen in its entry, and holds at once', async ({ workstation, connection, page }) => {
  await page.goto(workstation.url)
  await addServer(page, { name: 'Scanner', aeTitle: 'SENDER', port: 104 })
  const isTaken = async () => {
    const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
    const answer = await sender?.store(ctSeries({ series: 2, rows: 64 })(1))
    sender?.destroy()
    return answer?.status
  }
  expect(await isTaken()).toBe(0)
  await page.getByLabel('Kinds of images').selectOption({ label: 'Only chosen kinds' })
  const dialog = page.getByRole('dialog', { name: 'Kinds of images from Scanner' })
  await dialog.getByLabel('Search').fill('MR Image')
  await dialog.getByLabel('MR Image', { exact: true }).check()
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Use this one' }).click()
  await page.getByLabel('Encodings').selectOption({ label: 'Uncompressed only' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(async () => (await connection.ask.servers.list({}))[0])
    .toMatchObject({ acceptedClasses: ['1.2.840.10008.5.1.4.1.1.4'], acceptedSyntaxes: 'uncompressed' })
  await expect.poll(isTaken).toBeUndefined()
  await page.getByLabel('Kinds of images').selectOption({ label: 'Everything' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(isTaken).toBe(0)
})

test('a server that offers no storage commitment is said so beside the transfer', async ({
  workstation,
  connection,
  folder,
  page,
}) => {
  await twoOfOneUid(workstation)
  await using peer = await startStorescp({ folder: `${folder}/storescp` })
  await page.goto(workstation.url)
  await addServer(page, { name: 'Backup', aeTitle: peer.aeTitle, port: peer.port })
  await page.getByLabel('Ask for storage commitment after sending').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await connection.ask.servers.list({}))[0]?.askCommitment).toBe(true)
  const [server] = await connection.ask.servers.list({})
  const { rows } = await connection.ask.studies.list({ limit: 10 })
  await connection.ask.transfers.send({
    serverIds: [server?.serverId ?? 0],
    selection: { studyIds: rows.map(({ studyId }) => studyId) },
  })
  await goTo(page, 'Transfers')
  await page.getByRole('row').filter({ hasText: 'Backup' }).first().click()
  const details = page.getByRole('region', { name: 'Details of the transfer' })
  await expect(details).toContainText(
    'It could not be asked for 1 image: Backup answers, but does not offer this service',
  )
  await expect(details.getByRole('button', { name: 'Ask again' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
