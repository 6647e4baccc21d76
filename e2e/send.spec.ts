import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { seriousViolations } from './browser/axe.ts'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { addServer } from './workstation/addServer.ts'

const PICTURES = process.env.PICTURES
const SLICES = 12
const MISSING = 5

/** A CT of a dog without patient ID and owner. */
function slices(): { name: string; mimeType: string; buffer: Buffer }[] {
  const common = {
    StudyInstanceUID: derivedUID('send/study'),
    PatientName: 'Bruno',
    PatientID: '',
    PatientSpeciesDescription: 'Canine',
    StudyDate: '20260102',
    StudyTime: '101500',
    StudyDescription: 'Thorax, met check',
  }
  return [...ctPhantom({ common, studyInstanceUID: common.StudyInstanceUID, seed: 'send', slices: SLICES })].map(
    (dataSet, at) => ({
      name: `${at + 1}.dcm`,
      mimeType: 'application/dicom',
      buffer: Buffer.from(writePart10({ dataSet: { ...dataSet, ...common } })),
    }),
  )
}

test('a study is looked over before it goes, and known to be there afterwards: list, viewer, late images', async ({
  workstation,
  connection,
  page,
}) => {
  test.setTimeout(360_000)
  const { ask } = connection
  const peer = await MoodyPeer.open()
  try {
    await addServer(ask, { name: 'Northview', aeTitle: 'PEER', port: peer.port })
    const second = await addServer(ask, { name: 'University', aeTitle: 'PEER', port: peer.port, queryRetrieve: false })
    const all = slices()
    const [missing, ...others] = [all[MISSING - 1], ...all.filter((_, at) => at !== MISSING - 1)]
    await page.goto(workstation.url)
    await page.getByLabel('Files to import').first().setInputFiles(others)
    await expect(studyRow(page, 'Bruno')).toBeVisible({ timeout: 60_000 })
    await expect.poll(async () => (await ask.studies.list({})).rows[0]?.instances).toBe(SLICES - 1)

    // Three presses: the study, Send, and once more.
    await studyRow(page, 'Bruno').click()
    await page.getByRole('region', { name: 'Selected study' }).getByRole('button', { name: 'Send' }).click()
    const dialog = page.getByRole('dialog')
    const words = dialog.getByRole('status', { name: 'What is sent' })
    await expect(words).toContainText(`1 series, ${SLICES - 1} images`)
    await expect(words).toContainText('Patient ID and owner are missing')
    await expect(words).toContainText(`image ${MISSING} is missing between ${MISSING - 1} and ${MISSING + 1}`)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/send.png` })
    expect(await seriousViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Send', exact: false }).last().click()
    await expect(dialog).toBeHidden()
    // That a number is missing stands in the row before anything else; where the images are is said by the proof.
    await expect(studyRow(page, 'Bruno')).toContainText('A number is missing')
    const proofs = async () => {
      for await (const { rows } of ask.transfers.watch({})) return rows.flatMap(({ proof }) => proof?.state ?? [])
      return []
    }
    await expect.poll(proofs, { timeout: 60_000 }).toContain('proved')
    expect(peer.stored.size).toBe(SLICES - 1)

    // The one that was missing comes late; only it goes.
    await page
      .getByLabel('Files to import')
      .first()
      .setInputFiles([missing ?? all[0]].flatMap((file) => file ?? []))
    await expect.poll(async () => (await ask.studies.list({})).rows[0]?.instances).toBe(SLICES)
    await studyRow(page, 'Bruno').click()
    await page.keyboard.press('Control+e')
    await expect(words).toContainText('1 image came after this study was sent to Northview')
    await dialog.getByRole('button', { name: 'Send only 1 new image' }).click()
    await expect(words).toContainText('1 series, 1 image')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => peer.stored.size).toBe(SLICES)
    expect(peer.brought).toHaveLength(SLICES)

    // From the viewer one image goes, to a place that cannot be asked: it is sent there, and not more than that.
    await ask.servers.setDefault({ serverId: second })
    await goTo(page, 'Studies')
    await studyRow(page, 'Bruno').dblclick()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByText('This image').click()
    await expect(words).toContainText('1 series, 1 image')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => peer.brought.length).toBe(SLICES + 1)
    await page.keyboard.press('Alt+4')
    const row = page.getByRole('grid', { name: 'Transfers' }).getByRole('row').filter({ hasText: 'University' })
    await expect(row.getByText('Stored')).toBeVisible()
    await row.click()
    await expect(page.getByRole('status', { name: 'Proof' })).toContainText('not set up to be asked')
  } finally {
    peer.down()
  }
})
