import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { test as base, expect } from './browser/test.ts'
// Brings the type of window.negatoscope.
import type {} from './corpus/readBack.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'
import { temporaryFolder } from './workstation/temporaryFolder.ts'

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4'
const SIDE = 40

/** Three stacks of one examination: transverse every 2 mm, transverse every 4 mm, and sagittal; one of another frame. */
function* files(): Iterable<Uint8Array<ArrayBuffer>> {
  const study = {
    StudyInstanceUID: newUID(),
    PatientName: 'Jones',
    PatientID: 'J',
    StudyDate: '20260102',
    StudyTime: '101500',
  }
  const frameOfReferenceUID = newUID()
  const transverse = [1, 0, 0, 0, 1, 0]
  const stacks: { name: string; slices: number; place(at: number): number[]; directions: number[]; frame: string }[] = [
    { name: 'Fine', slices: 20, place: (at) => [0, 0, 2 * at], directions: transverse, frame: frameOfReferenceUID },
    { name: 'Coarse', slices: 10, place: (at) => [0, 0, 4 * at], directions: transverse, frame: frameOfReferenceUID },
    {
      name: 'Sagittal',
      slices: 10,
      place: (at) => [4 * at, 0, 39],
      directions: [0, 1, 0, 0, 0, -1],
      frame: frameOfReferenceUID,
    },
    { name: 'Other', slices: 20, place: (at) => [0, 0, 2 * at], directions: transverse, frame: newUID() },
  ]
  for (const [number, { name, slices, place, directions, frame }] of stacks.entries()) {
    const series: DataSet = {
      ...study,
      ...{ SOPClassUID: MR_IMAGE, Modality: 'MR', SeriesInstanceUID: newUID(), SeriesNumber: number + 1 },
      ...{
        SeriesDescription: name,
        FrameOfReferenceUID: frame,
        ImageOrientationPatient: directions,
        PixelSpacing: [1, 1],
      },
      ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: SIDE, Columns: SIDE },
      ...{ BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 0 },
    }
    for (let at = 0; at < slices; at += 1) {
      yield writePart10({
        dataSet: {
          ...series,
          ...{ SOPInstanceUID: newUID(), InstanceNumber: at + 1, ImagePositionPatient: place(at) },
          PixelData: Uint16Array.from({ length: SIDE * SIDE }, (_, pixel) => pixel + at),
        },
      })
    }
  }
  yield writePart10({
    dataSet: {
      ...{ PatientName: 'Smith', PatientID: 'S', StudyDate: '20260102', SOPClassUID: MR_IMAGE, Modality: 'MR' },
      ...{ StudyInstanceUID: newUID(), SeriesInstanceUID: newUID(), SOPInstanceUID: newUID() },
      ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', Rows: SIDE, Columns: SIDE },
      ...{ BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 0 },
      PixelData: new Uint16Array(SIDE * SIDE),
    },
  })
}

const test = base.extend<object, { url: string }>({
  url: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      using folder = temporaryFolder()
      await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
      using connection = await connect(workstation.url)
      const all = [...files()]
      const { transferId } = await connection.ask.transfers.beginImport({ title: 'layout', files: all.length })
      for (const body of all) {
        await connection.data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
      }
      await connection.ask.transfers.finishImport({ transferId })
      await use(workstation.url)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const tile = (page: Page, number: number) => page.getByRole('region', { name: new RegExp(`^Tile ${number},`) })

async function layout(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

const panel = (of: Page) => of.getByRole('complementary', { name: 'Measurements and facts' })
const rows = (of: Page, name: string) => of.getByRole('row').filter({ hasText: name })
const patientWarning = (of: Page) => of.getByRole('alert').filter({ hasText: 'Another window shows another patient' })

/** Opens the examination with these series, one a tile. */
async function open(page: Page, url: string, series: string[]): Promise<void> {
  await page.goto(url)
  await page.getByRole('row').filter({ hasText: 'Jones' }).dblclick()
  await expect(tile(page, 1)).toContainText('Image 1 of')
  await layout(page, '2 × 2')
  for (const [at, name] of series.entries()) {
    await tile(page, at + 1).click({ position: { x: 200, y: 300 } })
    await page.getByRole('navigation', { name: 'Series' }).getByRole('button').filter({ hasText: name }).click()
    await expect(tile(page, at + 1)).toContainText(name)
  }
  await tile(page, 1).click({ position: { x: 200, y: 300 } })
}

test('stacks of one frame of reference scroll together by place; others stay', async ({ page, url }) => {
  await open(page, url, ['Fine', 'Coarse', 'Other', 'Sagittal'])
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowDown')
  await expect(tile(page, 1)).toContainText('Image 9 of 20')
  await expect(tile(page, 2)).toContainText('Image 5 of 10')
  await expect(tile(page, 3)).toContainText('Image 1 of 20')
  await expect(tile(page, 4)).toContainText('Image 1 of 10')
  // The other way round, too: whichever tile is active leads.
  await tile(page, 2).hover()
  await tile(page, 2).click({ position: { x: 200, y: 300 } })
  await page.mouse.wheel(0, 100)
  await expect(tile(page, 2)).toContainText('Image 6 of 10')
  await expect(tile(page, 1)).toContainText('Image 11 of 20')
  await page.keyboard.press('k')
  await page.keyboard.press('ArrowDown')
  await expect(tile(page, 2)).toContainText('Image 7 of 10')
  await expect(tile(page, 1)).toContainText('Image 11 of 20')

  // Window, zoom and place too, where that is wanted; each keeps its turns.
  await page.keyboard.press('h')
  await page.getByRole('button', { name: /^Scroll together/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Window, zoom and pan together' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Z')
  await page.keyboard.press('i')
  for (const at of [1, 2, 3, 4]) {
    await expect(tile(page, at)).toContainText('Zoom 100 %')
    await expect(tile(page, at)).toContainText(at === 2 ? 'Flipped left-right, inverted' : 'Inverted')
  }
  await page.keyboard.press('Shift+X')
  await page.keyboard.press('i')
  await expect(tile(page, 2)).not.toContainText('inverted')
  await expect(tile(page, 1)).toContainText('Inverted')
})

test('as they stand now, stacks of different frames go the same way on', async ({ page, url }) => {
  await open(page, url, ['Fine', 'Other'])
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+K')
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown')
  await expect(tile(page, 1)).toContainText('Image 8 of 20')
  await expect(tile(page, 2)).toContainText('Image 5 of 20')
})

test('the slice of the active tile is a line in others that it cuts', async ({ page, url }) => {
  await open(page, url, ['Fine', 'Sagittal', 'Other'])
  const line = tile(page, 2).locator('[data-reference-line] path').last()
  await expect(line).toBeAttached()
  const height = async () => Number(/M[\d.-]+ ([\d.-]+)L/.exec((await line.getAttribute('d')) ?? '')?.[1])
  const before = await height()
  // Ten slices of 2 mm up are 20 rows of 1 mm; the picture is 40 rows high.
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowDown')
  const box = await tile(page, 2).boundingBox()
  await expect.poll(async () => Math.round(before - (await height()))).toBe(Math.round((box?.height ?? 0) / 2))
  await expect(tile(page, 3).locator('[data-reference-line]')).toHaveCount(0)
  await page.keyboard.press('x')
  await expect(line).toHaveCount(0)
})

test('a double click shows one tile alone, and another one all again; 4 × 4 has sixteen', async ({ page, url }) => {
  await open(page, url, ['Fine', 'Coarse'])
  await tile(page, 2).dblclick({ position: { x: 200, y: 200 } })
  await expect(page.getByRole('region', { name: /^Tile \d/ })).toHaveCount(1)
  await expect(tile(page, 2)).toContainText('Coarse')
  await expect.poll(() => page.evaluate(() => window.negatoscope?.viewer.state(1).status)).toBe('shown')
  await tile(page, 2).dblclick({ position: { x: 200, y: 200 } })
  await expect(page.getByRole('region', { name: /^Tile \d/ })).toHaveCount(4)

  // From series to series by keys and by the thumb; ten images by the wheel with Shift.
  await page.keyboard.press('ArrowRight')
  await expect(tile(page, 2)).toContainText('Sagittal')
  const mouse = await page.context().newCDPSession(page)
  const thumb = async (button: 'back' | 'forward') => {
    const box = await tile(page, 2).boundingBox()
    const at = { x: (box?.x ?? 0) + 200, y: (box?.y ?? 0) + 200, button, clickCount: 1 }
    await mouse.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at })
    await mouse.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at })
  }
  await thumb('back')
  await expect(tile(page, 2)).toContainText('Coarse')
  await thumb('back')
  await expect(tile(page, 2)).toContainText('Fine')
  await thumb('forward')
  await expect(tile(page, 2)).toContainText('Coarse')
  await page.keyboard.press('ArrowLeft')
  await expect(tile(page, 2)).toContainText('Fine')
  await tile(page, 2).hover()
  await page.keyboard.down('Shift')
  await page.mouse.wheel(0, 100)
  await page.keyboard.up('Shift')
  await expect(tile(page, 2)).toContainText('Image 11 of 20')
  await layout(page, '4 × 4')
  await expect(page.getByRole('region', { name: /^Tile \d/ })).toHaveCount(16)
})

test('a series stands in a window of its own, scrolls along by place, and is opened again where it was left', async ({
  page,
  url,
  context,
}) => {
  await open(page, url, ['Fine', 'Sagittal'])
  await tile(page, 2).click({ position: { x: 200, y: 300 } })
  const [second] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Shift+W')])
  await expect(tile(second, 1)).toContainText('Sagittal')
  await expect(second.getByRole('region', { name: /^Tile \d/ })).toHaveCount(1)
  // Both say that they go together.
  const link = (of: Page) => of.getByRole('button', { name: /^Scroll together/ })
  await expect(link(page)).toHaveAccessibleName('Scroll together: By place in the body, with window 2')
  await expect(link(second)).toHaveAccessibleName('Scroll together: By place in the body, with window 1')
  // The slice of the one is a line in the other.
  await tile(page, 1).click({ position: { x: 200, y: 300 } })
  await expect(tile(second, 1).locator('[data-reference-line]')).toBeAttached()
  // Another stack of the same place goes along; what was drawn there is drawn here.
  await second.getByRole('navigation', { name: 'Series' }).getByRole('button').filter({ hasText: 'Coarse' }).click()
  await expect(tile(second, 1)).toContainText('Coarse')
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('ArrowDown')
  await expect(tile(second, 1)).toContainText('Image 5 of 10')
  await link(page).click()
  await page.getByRole('menuitemcheckbox', { name: 'With other windows, by place' }).click()
  await page.keyboard.press('Escape')
  await expect(link(page)).toHaveAccessibleName('Scroll together: By place in the body')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(tile(page, 1)).toContainText('Image 11 of 20')
  await expect(tile(second, 1)).toContainText('Image 5 of 10')
  // The browser is left with both: the first window comes back, and offers the second one as it was.
  const { instanceId } = await second.evaluate(() => window.negatoscope?.viewer.state(0) ?? { instanceId: null })
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('negatoscope.window.2')?.replaceAll('\\', '')))
    .toContain(`"instanceId":${instanceId},`)
  const remembered = await context.storageState()
  const later = await context.browser()?.newContext({ storageState: remembered })
  if (!later) throw new Error('no browser')
  const first = await later.newPage()
  await first.goto(url)
  const [again] = await Promise.all([
    later.waitForEvent('page'),
    first.getByRole('button', { name: 'Open it again' }).click(),
  ])
  await expect(tile(again, 1)).toContainText('Coarse')
  await expect(tile(again, 1)).toContainText('Image 5 of 10')
  await later.close()
})

test('what is measured in one window stands in the other, and both say it while they show different patients', async ({
  page,
  url,
  context,
}) => {
  await page.goto(url)
  await rows(page, 'Jones').click()
  const [second] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Shift+Enter')])
  await expect(tile(second, 1)).toContainText('Image 1 of')
  await rows(page, 'Jones').dblclick()
  await expect(tile(page, 1)).toContainText('Image 1 of')
  await expect(patientWarning(page)).toHaveCount(0)

  // Drawn there, listed here; deleted here, gone there.
  await tile(second, 1).focus()
  await second.keyboard.press('l')
  const box = await tile(second, 1).boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  await second.mouse.move(x - 50, y)
  await second.mouse.down()
  await second.mouse.move(x + 50, y + 30)
  await second.mouse.up()
  await expect(panel(second).getByRole('listitem')).toHaveCount(1)
  const told = (await panel(second).getByRole('listitem').locator('b').textContent()) ?? ''
  await expect(panel(page).getByRole('listitem')).toContainText(told)
  await panel(page)
    .getByRole('button', { name: /^Length/ })
    .click()
  await page.keyboard.press('Delete')
  await expect(panel(second).getByRole('listitem')).toHaveCount(0)

  // The whole layout, and the study as it was left, by the menu.
  const another = async (name: string) => {
    await page.getByRole('button', { name: /^Layout/ }).click()
    const item = page.getByRole('menuitem', { name })
    const [opened] = await Promise.all([context.waitForEvent('page'), item.click()])
    return opened
  }
  await layout(page, '1 × 3')
  const third = await another('This layout in another window')
  await expect(third.getByRole('region', { name: /^Tile \d/ })).toHaveCount(3)
  await expect(tile(third, 1)).toContainText('Image 1 of')
  await third.close()
  const fourth = await another('This study in another window')
  await expect(tile(fourth, 1)).toContainText('Jones')
  await fourth.close()

  await page.keyboard.press('Escape')
  await rows(page, 'Smith').dblclick()
  await expect(patientWarning(page)).toContainText('Jones in window 2')
  await expect(patientWarning(second)).toContainText('Smith in window 1')
  await page.keyboard.press('Escape')
  await rows(page, 'Jones').dblclick()
  for (const window of [page, second]) await expect(patientWarning(window)).toHaveCount(0)
})
