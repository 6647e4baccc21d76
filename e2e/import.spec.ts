import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropFiles } from './browser/dropFiles.ts'
import { goTo, studyRow } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'
import { CT_PATIENT, writeDemoFiles, XRAY_PATIENT } from './conformance/demoFiles.ts'

/** A disc as clinics get them: the same names in several folders, a note, and one file that is broken. */
function writeDisc(folder: string): { disc: string; images: number } {
  const files = writeDemoFiles(join(folder, 'files'))
  const disc = join(folder, 'CD of Milo')
  for (const [index, name] of ['A', 'B', 'C'].entries()) {
    mkdirSync(join(disc, name), { recursive: true })
    copyFileSync(files.at(-1 - index) ?? '', join(disc, name, 'IM0001'))
  }
  mkdirSync(join(disc, 'D'))
  writeFileSync(join(disc, 'D', 'IM0001'), readFileSync(files[0] ?? '').subarray(0, 2000))
  writeFileSync(join(disc, 'readme.txt'), 'Pictures of Milo')
  return { disc, images: 3 }
}

test('a folder is dropped onto the window; each file is told by its place in it', async ({
  folder,
  workstation,
  connection,
  page,
}) => {
  const { disc, images } = writeDisc(folder)
  await page.goto(workstation.url)
  await expect(page.getByText('No studies yet')).toBeVisible()
  await dropFiles(page, [disc], () => expect(page.getByText('Drop to import')).toBeVisible())
  await expect(page.getByText('Drop to import')).toBeHidden()
  await expect(studyRow(page, XRAY_PATIENT)).toBeVisible()
  const account = page.getByRole('region', { name: 'Imports' })
  await expect(account).toContainText(`${images} images imported, 1 could not be read, 1 file left out`)
  const { rows } = await connection.ask.studies.list({})
  expect(rows.reduce((sum, row) => sum + row.instances, 0)).toBe(images)

  await account.getByRole('button', { name: 'Show' }).click()
  const details = page.getByRole('region', { name: 'Details of the transfer' })
  await expect(details).toContainText('1 file could not be read')
  await expect(details).toContainText('1 file left out')
  await expect(details.getByText(`Imported ${images}`)).toBeVisible()
  const failed = details.getByRole('row').filter({ hasText: 'Not stored' })
  await expect(failed).toHaveCount(1)
  await expect(failed).toContainText('CD of Milo/D/IM0001')
})

test('files are dropped onto any page, the viewer too', async ({ folder, workstation, connection, page }) => {
  const files = writeDemoFiles(join(folder, 'files'))
  await page.goto(workstation.url)
  await goTo(page, 'Servers')
  await dropFiles(page, files.slice(0, 2))
  const images = async () => (await connection.ask.studies.list({})).rows.reduce((sum, row) => sum + row.instances, 0)
  await expect.poll(images).toBe(2)
  await goTo(page, 'Studies')
  await studyRow(page, CT_PATIENT).dblclick()
  await expect(page.getByRole('main', { name: 'viewer' })).toContainText('Bella')
  await dropFiles(page, files.slice(2, 4))
  await expect.poll(images).toBe(4)
})
