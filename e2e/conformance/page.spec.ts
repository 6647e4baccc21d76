import { statSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { addServer, chooseSource, goTo, search, searchAll, studyRow, testConnection } from '../browser/pages.ts'
import { expect, test } from '../browser/test.ts'
import { startChokedPort } from '../peers/chokedPort.ts'
import { dcmsend, startDcmqrscp, startStorescp } from '../peers/dcmtk.ts'
import { freePort } from '../peers/freePort.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { startReluctantScp } from '../peers/reluctantScp.ts'
import { find } from '../run/debianPackages.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { byUid, compare, filesIn, noDifference } from './compareFolders.ts'
import { CT_IMAGES, CT_PATIENT, DEMO_STUDIES, writeDemoFiles, XRAY_PATIENT } from './demoFiles.ts'

test.skip(!find('storescp') || !find('Orthanc') || !find('chromium'), 'needs chromium, dcmtk and orthanc')

const PEERS = {
  Orthanc: (folder: string, us: { aeTitle: string; port: number }[]) => startOrthanc(folder, us),
  dcmqrscp: (folder: string, us: { aeTitle: string; port: number }[]) => startDcmqrscp(folder, us),
}

for (const [name, startPeer] of Object.entries(PEERS)) {
  test(`${name}: echo, query and retrieve from the page`, async ({ folder, workstation, connection, page }) => {
    await using peer = await startPeer(join(folder, 'peer'), [
      { aeTitle: workstation.aeTitle, port: workstation.dicomPort },
    ])
    const files = writeDemoFiles(join(folder, 'files'))
    await dcmsend(peer, files)

    await page.goto(workstation.url)
    await addServer(page, { name, aeTitle: peer.aeTitle, port: peer.port })
    await expect(await testConnection(page)).toContainText(`${name} answers, in`)

    await chooseSource(page, name)
    await searchAll(page, 'Demo', DEMO_STUDIES)
    await expect(studyRow(page, CT_PATIENT)).toBeVisible()
    await expect(studyRow(page, XRAY_PATIENT)).toBeVisible()
    await studyRow(page, CT_PATIENT).click()
    await page.getByRole('button', { name: 'Retrieve', exact: true }).click()

    await chooseSource(page, 'This workstation')
    await expect(studyRow(page, CT_PATIENT)).toBeVisible()
    await goTo(page, 'Transfers')
    await expect(
      studyRow(page, CT_PATIENT)
        .filter({ hasText: `${CT_IMAGES} of ${CT_IMAGES}` })
        .first(),
    ).toBeVisible({
      timeout: 60_000,
    })
    const { rows } = await connection.ask.studies.list({})
    expect(rows.map((row) => row.instances)).toEqual([CT_IMAGES])
    // The test of the connection fetches one image where it can, and puts it into the trash.
    expect([CT_IMAGES, CT_IMAGES + 1]).toContain(storedFiles(workstation.dataFolder).length)
  })

  test(`${name} without our address says so when a study is retrieved`, async ({ folder, workstation, page }) => {
    await using peer = await startPeer(join(folder, 'peer'), [])
    await dcmsend(peer, writeDemoFiles(join(folder, 'files')))
    await page.goto(workstation.url)
    await addServer(page, { name, aeTitle: peer.aeTitle, port: peer.port })
    await chooseSource(page, name)
    await searchAll(page, 'Demo', DEMO_STUDIES)
    await studyRow(page, CT_PATIENT).click()
    await page.getByRole('button', { name: 'Retrieve', exact: true }).click()
    await goTo(page, 'Transfers')
    await studyRow(page, CT_PATIENT).first().click()
    const values = `AE title ${workstation.aeTitle}, address .*, port ${workstation.dicomPort}`
    await expect(page.getByRole('region', { name: 'Details of the transfer' })).toContainText(
      new RegExp(`${name} .* no address for .*${values}`),
    )
    expect(storedFiles(workstation.dataFolder)).toEqual([])
  })
}

test('a wrong AE title, a closed port and a name that nobody has: the test says which', async ({
  folder,
  workstation,
  page,
}) => {
  await using orthanc = await startOrthanc(join(folder, 'orthanc'))
  await page.goto(workstation.url)
  await addServer(page, { name: 'Wrong title', aeTitle: 'ORTHANK', port: orthanc.port })
  await expect(await testConnection(page)).toContainText('Wrong title does not accept the name ORTHANK')
  await addServer(page, { name: 'Closed', aeTitle: 'ORTHANC', port: await freePort() })
  await expect(await testConnection(page)).toContainText('nothing listens on port')
  await addServer(page, { name: 'Nowhere', aeTitle: 'ORTHANC', port: 104, host: 'pacs.invalid' })
  // Where there is no network at all, nobody is asked.
  const isConnected = Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal))
  await expect(await testConnection(page)).toContainText(
    isConnected ? 'Nobody knows the name pacs.invalid' : 'This computer is not connected to any network',
  )

  await chooseSource(page, 'Closed')
  await search(page, 'Demo')
  await expect(page.getByRole('main')).toContainText('Closed did not answer the search')
  await expect(page.getByRole('main')).toContainText('nothing listens on port')
})

for (const name of ['storescp', 'Orthanc']) {
  test(`a study is sent to ${name} from the page`, async ({ folder, workstation, connection, page }) => {
    const written = join(folder, 'written')
    await using peer =
      name === 'storescp' ? await startStorescp({ folder: written }) : await startOrthanc(join(folder, 'orthanc'))
    await connection.ask.settings.addDemoStudies({})
    await page.goto(workstation.url)
    await addServer(page, { name, aeTitle: peer.aeTitle, port: peer.port })
    await goTo(page, 'Studies')
    await studyRow(page, CT_PATIENT).click()
    await page.getByRole('region', { name: 'Selected study' }).getByRole('button', { name: 'Send' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send' })
    await dialog.getByLabel(name).check()
    await dialog.getByRole('button', { name: /^Send/ }).click()
    await goTo(page, 'Transfers')
    await expect(
      studyRow(page, name)
        .filter({ hasText: `${CT_IMAGES} of ${CT_IMAGES}` })
        .first(),
    ).toBeVisible()
    if (name === 'storescp') {
      const sent = byUid(filesIn(written))
      expect(sent.size).toBe(CT_IMAGES)
      expect(compare(sent, byUid(storedFiles(workstation.dataFolder)))).toEqual(noDifference)
    }
  })
}

test('a peer that is killed half-way through a send: the counts are right and it can be tried again', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  const TAKES = 7
  await using peer = await startReluctantScp({ takes: TAKES })
  await connection.ask.settings.addDemoStudies({})
  await page.goto(workstation.url)
  await addServer(page, { name: 'Dying', aeTitle: peer.aeTitle, port: peer.port })
  await goTo(page, 'Studies')
  await studyRow(page, CT_PATIENT).click()
  await page.getByRole('region', { name: 'Selected study' }).getByRole('button', { name: 'Send' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send' })
  await dialog.getByLabel('Dying').check()
  await dialog.getByRole('button', { name: /^Send/ }).click()
  await goTo(page, 'Transfers')
  await studyRow(page, 'Dying').first().click()
  const details = page.getByRole('region', { name: 'Details of the transfer' })
  await expect(details).toContainText(`Dying has taken ${TAKES} of ${CT_IMAGES} images`, { timeout: 60_000 })

  await using revived = await startStorescp({ folder: join(folder, 'written'), port: peer.port, aeTitle: peer.aeTitle })
  // It may go on by itself before the button is pressed.
  details
    .getByRole('button', { name: 'Try now' })
    .click()
    .catch(() => {})
  await expect.poll(() => filesIn(join(folder, 'written')).length, { timeout: 60_000 }).toBe(CT_IMAGES - TAKES)
  expect(revived.aeTitle).toBe(peer.aeTitle)
})

test('a peer that is killed half-way through a retrieve: the sentence says so, what came is kept', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  const files = writeDemoFiles(join(folder, 'files'))
  const ctBytes = files.slice(0, CT_IMAGES).reduce((sum, file) => sum + statSync(file).size, 0)
  await using halfWay = await startChokedPort(workstation.dicomPort, ctBytes / 2)
  const us = { aeTitle: workstation.aeTitle, port: halfWay.port }
  await using peer = await startDcmqrscp(join(folder, 'peer'), [us])
  await dcmsend(peer, files)
  await page.goto(workstation.url)
  await addServer(page, { name: 'Dying', aeTitle: peer.aeTitle, port: peer.port })
  await chooseSource(page, 'Dying')
  await searchAll(page, 'Demo', DEMO_STUDIES)
  await studyRow(page, CT_PATIENT).click()
  await page.getByRole('button', { name: 'Retrieve', exact: true }).click()
  await expect.poll(() => storedFiles(workstation.dataFolder).length).toBeGreaterThan(0)
  await peer.killAll()
  await goTo(page, 'Transfers')
  await studyRow(page, 'Dying').first().click()
  const details = page.getByRole('region', { name: 'Details of the transfer' })
  await expect(details).toContainText(/Dying sent \d+ of 60 images|Dying .*(cut|broke off)/, { timeout: 60_000 })
  const { rows } = await connection.ask.studies.list({})
  expect(rows.reduce((sum, row) => sum + row.instances, 0)).toBe(storedFiles(workstation.dataFolder).length)
})
