import type { Page } from '@playwright/test'
import { seriousViolations } from './browser/axe.ts'
import { expect, test } from './browser/test.ts'
import { PIXEL, petCt, SIDE, volume } from './browser/volumeFiles.ts'
// Brings the type of window.negatoscope.
import type {} from './corpus/readBack.ts'
import type { Connection } from './workstation/connect.ts'

async function add({ ask, data }: Connection, files: Iterable<Uint8Array<ArrayBuffer>>): Promise<void> {
  const all = [...files]
  const { transferId } = await ask.transfers.beginImport({ title: 'volume', files: all.length })
  for (const body of all) await data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
  await ask.transfers.finishImport({ transferId })
}

const state = (page: Page, tile: number) => page.evaluate((at) => window.negatoscope?.viewer.state(at), tile)
const shown = (page: Page, tile: number) => expect.poll(async () => (await state(page, tile))?.status).toBe('shown')
const open = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name }).first().dblclick()
const tile = (page: Page, number: number) => page.getByRole('region', { name: new RegExp(`^Tile ${number},`) })

async function value(page: Page, at: number, pixel: readonly [number, number]): Promise<number | undefined> {
  return page.evaluate(
    ([number, [column, row]]) => {
      const samples = window.negatoscope?.viewer.samples(number)
      return samples?.values[row * samples.width + column]
    },
    [at, pixel] as const,
  )
}

/** Where a pixel's centre lies in the page. */
async function place(page: Page, at: number, pixel: readonly [number, number]): Promise<{ x: number; y: number }> {
  const found = await page.evaluate(
    ([number, [column, row]]) => {
      const viewer = window.negatoscope?.viewer
      const point = viewer?.imageToCanvas(number, [column, row])
      const box = viewer?.canvas(number)?.getBoundingClientRect()
      return point && box ? { x: box.x + point[0], y: box.y + point[1] } : null
    },
    [at, pixel] as const,
  )
  if (!found) throw new Error('not shown')
  return found
}

/** What is lit of the 3D view, in pixels of its canvas, once it is drawn as it should be. */
async function litBox(page: Page): Promise<{ across: number; down: number; lit: number }> {
  await expect(page.locator('[data-drawn]')).toHaveAttribute('data-drawn', 'whole')
  return page.locator('[data-drawn] canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas')
    const { width, height } = canvas
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    let [left, right, top, bottom, lit] = [width, -1, height, -1, 0]
    for (let at = 0; at < width * height; at += 1) {
      if ((data[at * 4] ?? 0) < 16) continue
      const [x, y] = [at % width, Math.floor(at / width)]
      ;[left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)]
      lit += 1
    }
    return { across: right - left + 1, down: bottom - top + 1, lit }
  })
}

test('a stack is cut in three planes with true values and millimetres, and what is measured there is kept', async ({
  page,
  workstation,
  connection,
}) => {
  await add(connection, volume('Bar'))
  await page.goto(workstation.url)
  await open(page, 'Bar')
  await shown(page, 0)
  await page.keyboard.press('y')
  for (const at of [0, 1, 2, 3]) await shown(page, at)
  await expect(tile(page, 1)).toContainText('Axial')
  await expect(tile(page, 3)).toContainText('Coronal')
  await expect(tile(page, 4)).toContainText('Sagittal')
  // One window for all of them, and for the stack.
  await page.keyboard.press('2')
  for (const number of [1, 2, 3, 4]) await expect(tile(page, number)).toContainText('W 1500 L −500')
  await page.keyboard.press('0')
  for (const number of [1, 2, 3, 4]) await expect(tile(page, number)).toContainText('W 800 L 200')
  // The coronal plane: x to the right, head up, 0.8 mm a pixel, outside of what was scanned nothing.
  expect(await state(page, 2)).toMatchObject({ totalFrames: SIDE })

  expect(await seriousViolations(page), 'MPR').toEqual([])

  // The crosshair brings the other planes to where it is clicked: column 48, row 48 of the axial picture.
  const middle = await place(page, 0, [48, 48])
  await page.mouse.click(middle.x, middle.y)
  await expect.poll(async () => (await state(page, 2))?.index).toBe(48)
  await expect.poll(async () => (await state(page, 3))?.index).toBe(48)
  await expect(page.locator('[data-reference-line][data-plane="sagittal"]').first()).toBeAttached()
  // The stack beside them shows where they cut it, too.
  for (const plane of ['sagittal', 'dorsal'])
    await expect(tile(page, 2).locator(`[data-reference-line][data-plane="${plane}"]`)).toBeAttached()
  // z runs from 88.5 at the top; the bar is there between 67.5 - 1.5 and 22.5 mm.
  const rowOf = (z: number) => Math.round((88.5 - z) / PIXEL)
  expect(await value(page, 2, [48, rowOf(45)])).toBe(1000)
  expect(await value(page, 2, [48, rowOf(80)])).toBe(0)
  expect(await value(page, 2, [48, rowOf(10)])).toBe(0)
  // Half way between a slice of the bar (z 66) and one of water (67.5) lies the half value.
  expect(await value(page, 2, [20, rowOf(45)])).toBe(0)

  // A length of 36 mm down the bar in the coronal plane: 45 pixels of 0.8 mm.
  await page.keyboard.press('l')
  const [from, to] = [await place(page, 2, [48, 30]), await place(page, 2, [48, 75])]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  const saved = async (at = 0) => {
    const studies = (await connection.ask.studies.list({ text: 'Bar' })).rows
    const kept = await connection.ask.measurements.list({ studyIds: studies.map(({ studyId }) => studyId) })
    return kept[at]
  }
  await expect.poll(async () => (await saved())?.reformat?.axis).toBe('dorsal')
  const measured = (await saved())?.measured
  expect(measured?.kind === 'length' && Math.abs(measured.length - 36)).toBeLessThan(0.036)
  const panel = page.getByRole('complementary', { name: 'Measurements and facts' })
  await expect(panel).toContainText('36.0 mm')
  await expect(panel).toContainText('reformatted')

  // Half over what was not scanned: that counts for nothing, and is told.
  await page.keyboard.press('q')
  const [corner, opposite] = [await place(page, 2, [SIDE - 17, 5]), await place(page, 2, [SIDE - 1, 21])]
  await page.mouse.move(corner.x, corner.y)
  await page.mouse.down()
  await page.mouse.move(opposite.x, opposite.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await saved(1))?.measured.kind).toBe('rectangle')
  expect((await saved(1))?.measured).toMatchObject({
    ...{ statistics: { mean: 0, min: 0, max: 0, deviation: 0 }, paddingPixels: 128 },
  })
  await page.keyboard.press('Delete')
  await expect.poll(async () => await saved(1)).toBeUndefined()

  // A slab of 40 mm: its maximum shows the bar also beside it.
  await page.keyboard.press('w')
  await tile(page, 4).click({ position: { x: 200, y: 300 } })
  await page.keyboard.press('Home')
  await expect.poll(() => value(page, 3, [48, rowOf(45)])).toBe(0)
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageDown')
  await expect.poll(() => value(page, 3, [48, rowOf(45)])).toBe(0)
  await page.getByRole('button', { name: 'Thickness of planes, Thin' }).click()
  await page.getByRole('menuitemcheckbox', { name: '40 mm' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Maximum (MIP)' }).click()
  await page.keyboard.press('Escape')
  await expect(tile(page, 4)).toContainText('MIP 40 mm')
  await expect.poll(() => value(page, 3, [48, rowOf(45)])).toBe(1000)

  // At an angle: the lines turn by 30 degrees in the coronal picture, about the middle of the bar.
  await page.getByRole('button', { name: 'Thickness of planes, MIP 40 mm' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Thin' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  const bar = await place(page, 2, [48, rowOf(45)])
  await page.mouse.click(bar.x, bar.y)
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Shift+ArrowDown')
  await expect(tile(page, 1)).toContainText('Axial, turned 30.0°')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(tile(page, 1)).toContainText('Axial, turned 31.0°')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(tile(page, 1)).toContainText('Axial, turned 30.0°')
  await expect(tile(page, 4)).toContainText('Sagittal, turned 30.0°')
  await expect(tile(page, 3)).toContainText('Lines at 30.0°')
  await expect(tile(page, 1).locator('[data-edge="right"]')).toHaveText('LF')
  await expect(tile(page, 1).locator('[data-edge="left"]')).toHaveText('RH')

  // What is measured there lies at that angle in the body, and is as long as it is there: turned and flipped too.
  await shown(page, 0)
  await tile(page, 1).focus()
  await page.keyboard.press('r')
  await page.keyboard.press('h')
  await expect(tile(page, 1).locator('[data-edge="bottom"]')).toHaveText('LF')
  await expect(tile(page, 1)).toContainText('rotated 90°')
  await page.keyboard.press('l')
  const [begin, finish] = [await place(page, 0, [30, 40]), await place(page, 0, [70, 40])]
  await page.mouse.move(begin.x, begin.y)
  await page.mouse.down()
  await page.mouse.move(finish.x, finish.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await saved(1))?.reformat?.axis).toBe('transverse')
  const slanted = await saved(1)
  const pixel = slanted?.reformat?.pixel ?? 0
  expect(slanted?.reformat?.rowDirection.map((part) => Number(part.toFixed(6)))).toEqual([0.866025, 0, -0.5])
  const length = slanted?.measured.kind === 'length' ? slanted.measured.length : 0
  expect(Math.abs(length / (40 * pixel) - 1)).toBeLessThan(0.001)
  await page.keyboard.press('a')
  for (const corner of [
    [30, 60],
    [50, 60],
    [50, 80],
  ] as const) {
    const at = await place(page, 0, corner)
    await page.mouse.click(at.x, at.y)
  }
  await expect.poll(async () => (await saved(2))?.measured.kind).toBe('angle')
  const angle = (await saved(2))?.measured
  expect(angle?.kind === 'angle' && Math.abs(angle.degrees - 90)).toBeLessThan(0.1)
  await page.keyboard.press('Delete')
  await expect.poll(async () => await saved(2)).toBeUndefined()
  await page.keyboard.press('0')
  await expect(tile(page, 1).locator('[data-edge="left"]')).toHaveText('RH')

  // By the mouse: a ring of a line is dragged a quarter of the way around.
  const ring = await tile(page, 1).locator('[data-line-handle] circle').first().boundingBox()
  if (!ring) throw new Error('no ring')
  await page.mouse.move(ring.x + ring.width / 2, ring.y + ring.height / 2)
  await page.mouse.down()
  await page.mouse.move(ring.x + 60, ring.y + 90, { steps: 6 })
  await page.mouse.up()
  await expect(tile(page, 1)).toContainText('Lines at')
  await expect(tile(page, 3)).toContainText('Coronal, turned')
  await page.getByRole('button', { name: 'Planes straight again' }).click()
  await expect(tile(page, 3)).not.toContainText('turned')
  await expect(tile(page, 1)).not.toContainText('Lines at')

  // Back: the stack alone, as it was; the measurement is in the list and brings its plane back.
  await page.keyboard.press('y')
  await expect(page.getByRole('button', { name: 'Layout 1 × 1' })).toBeVisible()
  await shown(page, 0)
  await panel
    .getByRole('button', { name: /Length/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Layout 2 × 2' })).toBeVisible()
  await expect(tile(page, 3).locator('svg g[data-kind="length"]')).toBeAttached()
  // The other one brings its angle along.
  await panel
    .getByRole('button', { name: /Length/ })
    .last()
    .click()
  await expect(tile(page, 1)).toContainText('Axial, turned 30.0°')
  await expect(tile(page, 1).locator('svg g[data-kind="length"]')).toBeAttached()

  // In three dimensions, in the tile of a plane too: the bar from the front, and from its end.
  await page.keyboard.press('Shift+Y')
  const view = tile(page, 1).locator('[data-drawn]')
  await expect(view).toHaveAttribute('data-drawn', 'whole')
  await expect(view).toContainText('3D, Bone')
  expect(await seriousViolations(page), '3D').toEqual([])
  const fromFront = await litBox(page)
  expect(fromFront.down).toBeGreaterThan(3 * fromFront.across)
  await view.getByRole('button', { name: 'From' }).click()
  await page.getByRole('menuitem', { name: 'Head' }).click()
  await expect.poll(async () => (await litBox(page)).down).toBeLessThan(fromFront.down / 2)
  await expect(view.locator('[class*="top"]')).toHaveText('A')
  // By the mouse: a drag to the side turns it.
  const left = view.locator('[class*="left"]')
  const before = (await left.textContent()) ?? ''
  const { x, y, width } = (await view.boundingBox()) ?? { x: 0, y: 0, width: 0 }
  await page.mouse.move(x + width / 2, y + 100)
  await page.mouse.down()
  await page.mouse.move(x + width / 2 + 200, y + 100, { steps: 2 })
  await page.mouse.up()
  await expect(left).not.toHaveText(before)
  await view.getByRole('button', { name: 'From' }).click()
  await page.getByRole('menuitem', { name: 'Head' }).click()
  await expect(left).toHaveText(before)
  // By keys: turned upright again, cropped to nothing, and all of it back.
  await view.focus()
  for (let step = 0; step < 18; step += 1) await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await litBox(page)).down).toBeGreaterThan(2.5 * fromFront.across)
  await page.keyboard.press('c')
  await view.getByRole('slider', { name: 'From L' }).fill('80')
  await expect.poll(async () => (await litBox(page)).lit).toBe(0)
  await view.getByRole('button', { name: 'Reset the 3D view' }).click()
  await expect.poll(async () => (await litBox(page)).down).toBe(fromFront.down)
  await view.getByRole('button', { name: 'Tissue, Bone' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Brightest values (MIP)' }).click()
  await page.keyboard.press('Escape')
  await expect(view).toContainText('3D, Brightest values')
  await view.focus()
  await page.keyboard.press('Escape')
  await expect(view).toHaveCount(0)
  await expect(tile(page, 1)).toContainText('Axial, turned 30.0°')
})

/** Red, green and blue where a pixel's centre is on the screen. */
function colour(page: Page, at: number, pixel: readonly [number, number]): Promise<number[]> {
  return page.evaluate(
    ([number, [column, row]]) => {
      const viewer = window.negatoscope?.viewer
      const point = viewer?.imageToCanvas(number, [column, row])
      const context = viewer?.canvas(number)?.getContext('2d')
      if (!point || !context) return []
      return [...context.getImageData(Math.round(point[0]), Math.round(point[1]), 1, 1).data.slice(0, 3)]
    },
    [at, pixel] as const,
  )
}

test('what is no volume stays a stack with the reason; a PET lies over its CT by itself', async ({
  page,
  workstation,
  connection,
}) => {
  await add(connection, volume('Gap', { gapAt: 20 }))
  await add(connection, petCt('Both'))
  await page.goto(workstation.url)
  await open(page, 'Gap')
  await shown(page, 0)
  await page.getByRole('button', { name: 'Planes of the volume (MPR)' }).click()
  await expect(page.getByText(/Slices are missing: 10.5 mm lie between images/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Layout 1 × 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Volume in three dimensions (3D)' }).click()
  await expect(page.getByText(/No 3D view of this stack. Slices are missing/)).toBeVisible()
  await page.keyboard.press('Shift+F')
  await expect(page.getByText(/No PET over CT. /)).toBeVisible()

  // The hanging protocol lays it over: hot iron where something is taken up, the grey of the CT elsewhere.
  await page.getByRole('button', { name: 'Back to studies' }).click()
  await open(page, 'Both')
  await expect(tile(page, 1)).toContainText('Axial')
  await expect(tile(page, 1)).toContainText('SUV bw 7')
  await expect(tile(page, 2)).toContainText('SUV bw 0 to 7')
  await expect(tile(page, 2)).toHaveAccessibleName('Tile 2, FDG')
  for (const at of [0, 1, 2, 3]) await shown(page, at)
  const hot = () => colour(page, 2, [48, 54])
  await expect.poll(async () => ((await hot())[0] ?? 0) - ((await hot())[2] ?? 0)).toBeGreaterThan(40)
  const [red, green, blue] = await colour(page, 2, [8, 54])
  expect(red === green && green === blue).toBe(true)

  expect(await seriousViolations(page), 'fusion').toEqual([])

  // The probe has both values.
  await page.keyboard.press('b')
  const middle = await place(page, 2, [48, 54])
  await page.mouse.click(middle.x, middle.y)
  const panel = page.getByRole('complementary', { name: 'Measurements and facts' })
  await expect(panel).toContainText('1000 HU')
  await expect(tile(page, 3)).toContainText('PET 25000 Bq/ml')
  await expect(tile(page, 3)).toContainText('SUV bw 5')

  // More and less of it by keys, its upper end by the slider, and off.
  await page.keyboard.press(']')
  await expect(page.getByRole('button', { name: 'PET, 60 %' })).toBeVisible()
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('[')
  await page.getByRole('button', { name: 'PET, 40 %' }).click()
  await page.getByRole('slider', { name: 'SUV bw from 0 to' }).fill('25')
  await expect(tile(page, 1)).toContainText('SUV bw 2.5')
  // The same colours, told by lean body mass: 45.2 of 70 kg.
  await page.getByRole('combobox', { name: 'Uptake by' }).selectOption('lean body mass')
  await page.keyboard.press('Escape')
  await expect(tile(page, 1)).toContainText('SUV lean 1.61')
  await expect(tile(page, 2)).toContainText('SUV lean 0 to 1.61')
  await page.getByRole('button', { name: 'PET over CT (fusion)' }).click()
  await expect(tile(page, 1)).not.toContainText('SUV')
  await expect.poll(async () => ((await hot())[0] ?? 0) - ((await hot())[2] ?? 0)).toBe(0)
  await page.keyboard.press('Shift+F')
  await expect.poll(async () => ((await hot())[0] ?? 0) - ((await hot())[2] ?? 0)).toBeGreaterThan(40)

  // All of both is in the page by now: the first pictures have it too.
  await page.getByRole('button', { name: 'Planes of the volume (MPR)' }).click()
  await expect(tile(page, 1)).not.toContainText('Axial')
  await page.keyboard.press('Shift+F')
  await expect(tile(page, 1)).toContainText('SUV')
  await expect.poll(async () => ((await hot())[0] ?? 0) - ((await hot())[2] ?? 0)).toBeGreaterThan(40)
})
