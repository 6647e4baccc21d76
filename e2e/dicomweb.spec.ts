import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { seriousViolations } from './browser/axe.ts'
import { addServer, chooseSource, goTo, search, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { startDicomwebSite, type WebImage } from './peers/dicomwebSite.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'

const PASSWORD = 's3cret-of-the-site'

function images(patientName: string, count: number): WebImage[] {
  const [studyInstanceUID, seriesInstanceUID] = [newUID(), newUID()]
  return Array.from({ length: count }, () => {
    const sopInstanceUID = newUID()
    const dataSet = {
      ...{ SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', SOPInstanceUID: sopInstanceUID, Modality: 'CT' },
      ...{ StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: seriesInstanceUID, StudyDate: '20240131' },
      ...{ PatientName: patientName, PatientID: 'W-1', SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2' },
      ...{ Rows: 16, Columns: 16, BitsAllocated: 16, BitsStored: 12, HighBit: 11, PixelRepresentation: 0 },
      PixelData: new Uint8Array(512),
    }
    return { studyInstanceUID, seriesInstanceUID, sopInstanceUID, patientName, bytes: writePart10({ dataSet }) }
  })
}

test('a DICOMweb server is set up, probed, searched and fetched from; its password stays where it belongs', async ({
  folder,
  page,
}) => {
  await using site = await startDicomwebSite([...images('Weber^Mia', 5), ...images('Webb^Ole', 2)], 'ward', PASSWORD)
  const dataFolder = join(folder, 'web')
  const under = ['/usr/bin/env', 'NEGATOSCOPE_PASSPHRASE=of this test']
  await using workstation = await startWorkstation({ dataFolder, under })
  using connection = await connect(workstation.url)
  await page.goto(workstation.url)
  // Nothing listens at its DICOM port: whatever works goes over HTTP.
  await addServer(page, { name: 'Cloud', aeTitle: 'CLOUD', port: 1 })
  await page.getByText('Web interface (DICOMweb, REST)').click()
  const field = (label: string) => page.getByLabel(label, { exact: true })
  await expect(field('Web address')).toBeDisabled()
  await field('Use its web interface').check()
  await expect(page.getByText('Enter its web address, such as')).toBeVisible()
  await field('Web address').fill('file:///etc/passwd')
  await expect(page.getByText('An address begins with https:// or http://')).toBeVisible()
  await field('Web address').fill(site.url)
  const probe = page.getByTestId('probe')
  await page.getByRole('button', { name: 'Probe', exact: true }).click()
  await expect(probe).toContainText('Cloud wants to know who asks.')
  await field('Log in with').selectOption({ label: 'User and password' })
  await field('User').fill('ward')
  await field('Password').fill('wrong')
  await page.getByRole('button', { name: 'Probe', exact: true }).click()
  await expect(probe).toContainText('does not accept this user and password')
  await field('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Probe', exact: true }).click()
  await expect(probe).toContainText('Cloud answers by DICOMweb.')
  await page.getByRole('button', { name: 'Keep password' }).click()
  await expect(field('Password')).toHaveValue('')
  await expect(page.getByText(`Kept for ${new URL(site.url).origin} alone.`)).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])

  const config = join(dataFolder, 'config')
  for (const name of readdirSync(config).filter((each) => each.endsWith('.json')))
    expect(readFileSync(join(config, name), 'latin1'), name).not.toContain(PASSWORD)
  expect(
    JSON.stringify([await connection.ask.servers.list({}), await connection.ask.servers.credentials({})]),
  ).not.toContain(PASSWORD)
  expect((await connection.ask.servers.exportList({ format: 'json' })).text).not.toContain(PASSWORD)

  await page.reload()
  await goTo(page, 'Servers')
  await page.getByRole('button', { name: 'Test connection' }).click()
  const steps = page.getByRole('list', { name: 'Steps of the test' })
  await expect(steps.locator('[data-stage="rest"][data-result="pass"]')).toBeVisible()
  await expect(steps.locator('[data-stage="association"][data-result="not-run"]')).toBeVisible()
  await expect(steps.locator('[data-stage="retrieve"][data-result="pass"]')).toBeVisible()

  // R042: limits and refusals stand where the studies would, in words; a short wait is kept unseen.
  await chooseSource(page, 'Cloud')
  const json = { 'content-type': 'application/json' }
  const refusals = [
    [429, { ...json, 'retry-after': '300' }, '{"error":{"code":"AUTH.RATE_LIMITED"}}', 'wants us to wait 5 min'],
    [403, json, '{"code":"PATIENT.ACCESS_DENIED"}', 'does not let this user see the patient'],
    [500, json, '{"title":"Failed","detail":"The index is locked"}', 'It says: "The index is locked"'],
  ] as const
  for (const [status, headers, body, words] of refusals) {
    site.mood.refusal = { status, headers, body }
    await search(page, `web ${status}`)
    await expect(page.getByRole('main')).toContainText(words)
  }
  site.mood.refusal = undefined
  await search(page, 'web')
  await expect(studyRow(page, 'Webb, Ole')).toBeVisible()
  await studyRow(page, 'Weber, Mia').click()
  await expect(page.getByRole('img', { name: /^Preview of CT/ })).toBeVisible()
  await page.getByRole('button', { name: /^Tags of CT/ }).click()
  const tags = page.getByRole('dialog', { name: 'Tags at the server' })
  await tags.getByLabel('Search tags').fill('patientname')
  await expect(tags.getByRole('table', { name: 'Tags' })).toContainText('Weber^Mia')
  await tags.getByRole('button', { name: 'Close' }).last().click()
  await page
    .getByRole('button', { name: /^Retrieve/ })
    .first()
    .click()
  await goTo(page, 'Transfers')
  await expect(page.getByText('Weber, Mia').first()).toBeVisible()
  await expect
    .poll(async () =>
      (await connection.ask.transfers.history({ kind: 'retrieve' })).map(({ state, done }) => [state, done]),
    )
    .toEqual([['done', 5]])

  await goTo(page, 'Devices')
  await page.keyboard.press('l')
  await page.getByLabel('Find in the log').fill('cloud')
  const log = page.getByRole('region', { name: 'Live log' })
  await expect(log.getByText('DICOMweb').first()).toBeVisible()
  await log
    .getByRole('button', { name: /Cloud: details/ })
    .first()
    .click()
  await expect(log.getByText('Retrieve study: HTTP 200')).toBeVisible()
})
