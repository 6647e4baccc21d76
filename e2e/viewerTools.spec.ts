import { CT_PHANTOM } from '#electron/demo/ctPhantom.ts'
import { expect } from './browser/test.ts'
import { drag, drawn, list, open, place, test, tile } from './browser/viewerStudies.ts'
// Brings the type of window.negatoscope.
import type {} from './corpus/readBack.ts'

const mm = (pixels: number) => pixels * CT_PHANTOM.pixelSpacingMm
/** The first number in a text. */
const numberIn = (text: string | null) => Number(/−?\d+(\.\d+)?/.exec(text ?? '')?.[0].replace('−', '-'))

test('each measuring tool draws with the mouse, tells its value, and is in the list', async ({ page, url }) => {
  await open(page, url, 'Evans')
  const [{ xMm, yMm }] = CT_PHANTOM.rods
  const rod: [number, number] = [CT_PHANTOM.columns / 2 + xMm / mm(1), CT_PHANTOM.rows / 2 + yMm / mm(1)]

  // Inside the rod every value is known.
  await page.keyboard.press('Shift+E')
  await drag(page, rod, [rod[0] + 3, rod[1]])
  await expect(drawn(page, 'circle')).toContainText(`${CT_PHANTOM.rods[0].hu} HU, SD 0`)
  await page.keyboard.press('q')
  await drag(page, [100, 100], [180, 140])
  await expect
    .poll(async () => numberIn((await drawn(page, 'rectangle').locator('tspan').last().textContent()) ?? ''))
    .toBeCloseTo((mm(80) * mm(40)) / 100, 1)
  await page.keyboard.press('d')
  await drag(page, [120, 200], [200, 200])
  await expect(drawn(page, 'bidirectional')).toContainText(`${mm(80).toFixed(1)} × ${mm(40).toFixed(1)} mm`)
  await page.keyboard.press('Shift+A')
  await drag(page, [120, 300], [220, 300])
  await drag(page, [120, 340], [220, 440])
  await expect.poll(async () => numberIn(await drawn(page, 'cobb').locator('text').textContent())).toBeCloseTo(45, 0)
  await page.keyboard.press('Shift+D')
  await drag(page, [300, 100], [350, 100])
  await drag(page, [280, 140], [380, 140])
  await expect(drawn(page, 'heartRatio')).toContainText('0.50')
  await page.keyboard.press('f')
  const [a, b, c] = [await place(page, [400, 300]), await place(page, [460, 300]), await place(page, [400, 380])]
  await page.mouse.move(a.x, a.y)
  await page.mouse.down()
  await page.mouse.move(b.x, b.y, { steps: 10 })
  await page.mouse.move(c.x, c.y, { steps: 10 })
  await page.mouse.up()
  await expect(drawn(page, 'freehand')).toContainText('HU')

  await page.keyboard.press('Shift+T')
  await drag(page, [60, 60], [90, 90])
  await page.getByRole('dialog', { name: 'Arrow' }).getByRole('textbox').fill('Here')
  await page.keyboard.press('Enter')
  await expect(drawn(page, 'arrow')).toContainText('Here')
  await page.keyboard.press('t')
  const spot = await place(page, [60, 200])
  await page.mouse.click(spot.x, spot.y)
  const words = page.getByRole('dialog', { name: 'Text' })
  await expect(words.getByRole('button', { name: 'Set' })).toBeDisabled()
  await words.getByRole('textbox').fill('Left side')
  await page.keyboard.press('Enter')
  await expect(drawn(page, 'text')).toContainText('Left side')
  await expect(list(page).getByRole('listitem')).toHaveCount(8)

  // Turning and zooming change what is seen, not what was measured.
  const before = await tile(page).locator('svg text').allTextContents()
  await page.keyboard.press('r')
  await page.keyboard.press('h')
  await page.mouse.move(spot.x + 100, spot.y)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  expect(await tile(page).locator('svg text').allTextContents()).toEqual(before)
})

test('undo and redo go through every change; rename, hide and delete are among them', async ({ page, url }) => {
  await open(page, url, 'Ingram')
  const rows = list(page).getByRole('listitem')
  await expect(rows).toHaveCount(0)
  await page.keyboard.press('l')
  await drag(page, [200, 420], [300, 420])
  await expect(rows).toHaveCount(1)
  const length = mm(100).toFixed(1)
  const own = rows.filter({ hasText: `${length} mm` })
  await own.hover()
  await page.getByRole('button', { name: `Rename length ${length} mm` }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Node')
  await page.keyboard.press('Enter')
  await expect(own).toContainText('Node')
  await expect(drawn(page, 'length')).toContainText('Node')
  await page.getByRole('button', { name: `Hide Node ${length} mm` }).click()
  await expect(drawn(page, 'length')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(drawn(page, 'length')).toContainText('Node')
  // Moving an end is one step, however many pixels it goes.
  await drag(page, [300, 420], [360, 420])
  await expect(drawn(page, 'length')).toContainText(`${mm(160).toFixed(1)} mm`)
  await page.keyboard.press('Control+z')
  await expect(drawn(page, 'length')).toContainText(`${length} mm`)
  await page.keyboard.press('Control+Shift+z')
  await expect(drawn(page, 'length')).toContainText(`${mm(160).toFixed(1)} mm`)
  await page.keyboard.press('Delete')
  await expect(drawn(page, 'length')).toHaveCount(0)
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Control+z')
  await expect(rows).toHaveCount(0)
})

test('words can be moved away from what they lie over', async ({ page, url }) => {
  await open(page, url, 'Evans')
  await page.keyboard.press('l')
  await drag(page, [200, 80], [260, 80])
  const words = drawn(page, 'length').locator('text')
  const before = await words.boundingBox()
  if (!before) throw new Error('no words')
  await page.mouse.move(before.x + 20, before.y + 8)
  await page.mouse.down()
  await page.mouse.move(before.x + 80, before.y + 88, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Math.round(((await words.boundingBox())?.x ?? 0) - before.x)).toBe(60)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
})

test('a reload finds the same study, image, layout and measurements', async ({ page, url }) => {
  await open(page, url, 'Evans')
  await page.keyboard.press('End')
  await page.keyboard.press('h')
  await page.keyboard.press('a')
  for (const pixel of [
    [200, 300],
    [200, 200],
    [300, 200],
  ] as const) {
    const at = await place(page, pixel)
    await page.mouse.click(at.x, at.y)
  }
  await expect(drawn(page, 'angle')).toContainText('90.0°')
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: '1 × 2' }).click()
  await expect(list(page)).toContainText('Saved with the study')
  await page.reload()
  await expect(tile(page)).toContainText('Image 6 of 6')
  await expect(tile(page)).toContainText('Flipped left-right')
  await expect(tile(page, 2)).toBeVisible()
  await expect(drawn(page, 'angle')).toContainText('90.0°')
  // In another window, too: it is in the archive.
  const other = await page.context().newPage()
  await open(other, url, 'Evans')
  await expect(list(other)).toContainText('90.0°')
  await list(other)
    .getByRole('button', { name: /^Angle/ })
    .click()
  await expect(tile(other)).toContainText('Image 6 of 6')
  await list(other)
    .getByRole('button', { name: /^Delete angle/ })
    .click()
  await expect(list(other)).toContainText('Saved with the study')
})

test('a line of known length gives an image its millimetres', async ({ page, url }) => {
  await open(page, url, 'Frost')
  await page.keyboard.press('l')
  await drag(page, [60, 120], [120, 120])
  await expect(drawn(page, 'length')).toContainText('60.0 px')
  await page.keyboard.press('Shift+L')
  await expect(page.getByText('Draw along a marker of known length.')).toBeVisible()
  await drag(page, [60, 90], [110, 90])
  const dialog = page.getByRole('dialog', { name: 'Calibrate' })
  await dialog.getByLabel('Length of the line').fill('zero')
  await expect(dialog.getByRole('button', { name: 'Set' })).toBeDisabled()
  await dialog.getByLabel('Length of the line').fill('25')
  await page.keyboard.press('Enter')
  await expect(drawn(page, 'length')).toContainText('30.0 mm')
  await expect(drawn(page, 'length')).toContainText('calibrated here by a line of 25 mm')
  await page.keyboard.press('Control+z')
  await expect(drawn(page, 'length')).toContainText('60.0 px')
  await page.keyboard.press('Control+z')
})

test('an overlay that cannot be read is said on the image, and asked for again by a person only', async ({
  page,
  url,
}) => {
  let asked = 0
  await page.route('**/data/overlay/**', (route) => {
    asked += 1
    return route.fulfill({ status: 500 })
  })
  await open(page, url, 'Frost')
  const said = tile(page).getByRole('alert')
  await expect(said).toContainText('The overlay of this image cannot be read.')
  // Whatever draws the image anew does not ask.
  for (const key of ['i', 'h', 'r']) await page.keyboard.press(key)
  await expect(tile(page)).toContainText('rotated')
  expect(asked).toBe(1)
  await page.keyboard.press('o')
  await expect(said).toBeHidden()
  await page.keyboard.press('o')
  await page.unroute('**/data/overlay/**')
  await said.getByRole('button', { name: 'Try again' }).click()
  await expect(said).toBeHidden()
})

test('shutter and overlay of the file are drawn, and O takes them away', async ({ page, url }) => {
  await open(page, url, 'Frost')
  const colour = (x: number, y: number) =>
    page.evaluate(
      (at) => {
        const canvas = window.negatoscope?.viewer.canvas(0)
        const [px, py] = window.negatoscope?.viewer.imageToCanvas(0, at) ?? [0, 0]
        return [...(canvas?.getContext('2d')?.getImageData(Math.round(px), Math.round(py), 1, 1).data ?? [])].slice(
          0,
          3,
        )
      },
      [x, y] as [number, number],
    )
  expect(await colour(10, 10)).toEqual([0, 0, 0])
  expect(await colour(60, 100)).toEqual([255, 255, 255])
  await expect.poll(() => colour(100, 100)).toEqual([0x7f, 0xd8, 0xe6])
  await page.keyboard.press('o')
  await expect.poll(() => colour(10, 10)).toEqual([255, 255, 255])
  expect(await colour(100, 100)).toEqual([255, 255, 255])
  await expect(tile(page)).toContainText('Without overlay and shutter')
})

test('a PET image is measured in Bq/ml and as uptake', async ({ page, url }) => {
  await open(page, url, 'Grant')
  await expect(list(page)).toContainText('By body weight, lean body mass (Janmahasatian), body surface (Du Bois).')
  // Turned and flipped it has the same values at the same places.
  await page.keyboard.press('r')
  await page.keyboard.press('h')
  await expect(tile(page)).toContainText('rotated 90°')
  await page.keyboard.press('b')
  const at = await place(page, [30, 30])
  await page.mouse.click(at.x, at.y)
  await expect(drawn(page, 'probe')).toContainText('10000 Bq/ml')
  // 70 kg and 350 MBq injected at the time of the scan: 10,000 Bq/ml are an uptake of 2.
  await expect(drawn(page, 'probe')).toContainText('SUV bw 2')
  await page.keyboard.press('Delete')
})

test('the magnifier follows the pointer while the button is held', async ({ page, url }) => {
  await open(page, url, 'Evans')
  await page.keyboard.press('g')
  const at = await place(page, [256, 256])
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  const glass = page.getByRole('img', { name: 'Magnified 3 times' })
  await expect(glass).toBeVisible()
  const middle = await glass.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(110, 110, 1, 1) ?? { data: [] }
    return data[0]
  })
  const shown = await page.evaluate(() => {
    const viewer = window.negatoscope?.viewer
    const [x, y] = viewer?.imageToCanvas(0, [255.5, 255.5]) ?? [0, 0]
    return viewer?.canvas(0)?.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data[0]
  })
  expect(Math.abs((middle ?? 0) - (shown ?? 255))).toBeLessThan(40)
  await page.mouse.up()
  await expect(glass).toHaveCount(0)
})

test('a right click, a key or a finger that rests opens the tools; one finger draws, two zoom and pan', async ({
  page,
  url,
}) => {
  await open(page, url, 'Evans')
  await page.keyboard.press('w')
  const menu = page.getByRole('menu', { name: 'Tools around the pointer' })
  const spot = await place(page, [256, 256])
  await page.mouse.click(spot.x, spot.y, { button: 'right' })
  await expect(menu.getByRole('menuitem', { name: 'Window' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(menu.getByRole('menuitem', { name: 'Pan' })).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect(page.getByRole('button', { name: 'Length' })).toHaveAttribute('aria-pressed', 'true')
  await expect(tile(page)).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await expect(menu).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(tile(page)).toBeFocused()

  // Fingers, as the browser hears of them.
  const fingers = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) })
  const [from, to] = [await place(page, [150, 60]), await place(page, [250, 60])]
  await touch('touchStart', from)
  await touch('touchMove', { x: (from.x + to.x) / 2, y: from.y })
  await touch('touchMove', to)
  await touch('touchEnd')
  await expect(drawn(page, 'length').last()).toContainText(`${mm(100).toFixed(1)} mm`)

  const wide = async () => (await place(page, [260, 256])).x - (await place(page, [250, 256])).x
  const before = await wide()
  await touch('touchStart', { x: spot.x - 50, y: spot.y }, { x: spot.x + 50, y: spot.y })
  await touch('touchMove', { x: spot.x - 80, y: spot.y + 20 }, { x: spot.x + 80, y: spot.y + 20 })
  await touch('touchMove', { x: spot.x - 70, y: spot.y + 30 }, { x: spot.x + 130, y: spot.y + 30 })
  await touch('touchEnd')
  await expect.poll(async () => ((await wide()) / before).toFixed(2)).toBe('2.00')
  // What was between them still is.
  const after = await place(page, [256, 256])
  expect([Math.round(after.x - spot.x), Math.round(after.y - spot.y)]).toEqual([30, 30])
  await expect(drawn(page, 'length')).toHaveCount(1)

  // A pen draws, however hard it is pressed; the hand that lies on the screen, before or meanwhile, does nothing.
  const hand = { x: spot.x + 120, y: spot.y + 200 }
  const pen = (
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    { x, y }: { x: number; y: number },
    force: number,
  ) =>
    fingers.send('Input.dispatchMouseEvent', {
      ...{ type, x, y, force, pointerType: 'pen', button: force === 0 && type === 'mouseMoved' ? 'none' : 'left' },
      ...{ clickCount: 1, buttons: force === 0 ? 0 : 1 },
    })
  const [begin, end] = [await place(page, [230, 200]), await place(page, [290, 200])]
  const between = { x: (begin.x + end.x) / 2, y: begin.y }
  for (const isFirst of [true, false]) {
    // A hand that lies there is a finger that rests until the pen comes near; a menu that is going away takes the stroke.
    await expect(async () => {
      if (await menu.isVisible()) await page.keyboard.press('Escape')
      if (isFirst) {
        await touch('touchStart', hand)
        await expect(menu).toBeVisible()
        await pen('mouseMoved', between, 0)
        await expect(menu).toBeHidden()
      }
      await pen('mousePressed', begin, 0.1)
      if (!isFirst) await touch('touchStart', hand)
      await pen('mouseMoved', between, 0.9)
      await touch('touchMove', { x: hand.x - 60, y: hand.y - 60 })
      if (isFirst) await touch('touchEnd')
      await pen('mouseMoved', end, 0.4)
      await pen('mouseReleased', end, 0)
      if (!isFirst) await touch('touchEnd')
      await expect(drawn(page, 'length')).toHaveCount(2, { timeout: 3000 })
    }).toPass()
    await expect(drawn(page, 'length').last()).toContainText(`${mm(60).toFixed(1)} mm`)
    await expect(menu).toBeHidden()
    await page.keyboard.press('Delete')
    await expect(drawn(page, 'length')).toHaveCount(1)
  }
  // A click twice at one place draws nothing; an end that is put onto the other one takes the length away, once.
  const point = await place(page, [230, 300])
  await page.mouse.dblclick(point.x, point.y)
  await expect(drawn(page, 'length')).toHaveCount(1)
  await expect(async () => {
    await drag(page, [230, 300], [290, 300])
    await expect(drawn(page, 'length')).toHaveCount(2, { timeout: 3000 })
  }).toPass()
  await drag(page, [290, 300], [230, 300])
  await expect(drawn(page, 'length')).toHaveCount(1)
  await expect(page.getByText('Deleted length: both ends lay at one place')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(drawn(page, 'length').last()).toContainText(`${mm(60).toFixed(1)} mm`)
  await page.keyboard.press('Control+z')
  await expect(drawn(page, 'length')).toHaveCount(1)
  await touch('touchStart', spot)
  await expect(menu).toBeVisible()
  await touch('touchEnd')
  await menu.getByRole('menuitem', { name: 'Invert' }).click()
  await expect(menu).toBeHidden()
  await expect(tile(page)).toContainText('Inverted')
  await page.keyboard.press('Delete')
})

test('a document is saved as it is, and so is its file', async ({ page, url }) => {
  await open(page, url, 'Hart')
  const document = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save document' }).click()
  const saved = await document
  expect(saved.suggestedFilename()).toMatch(/^content-\d+\.pdf$/)
  const chunks: Buffer[] = []
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).toString()).toContain('%PDF-1.4\nblood')
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save file' }).click()
  expect((await file).suggestedFilename()).toMatch(/^instance-\d+\.dcm$/)
})

test('nothing of the bar is cut off at 200 % zoom', async ({ page, url }) => {
  await open(page, url, 'Evans')
  await page.setViewportSize({ width: 720, height: 450 })
  const cut = await page.locator('header button').evaluateAll(
    (buttons) =>
      buttons.filter((button) => {
        const box = button.getBoundingClientRect()
        return box.right > window.innerWidth + 0.5 || box.width === 0
      }).length,
  )
  expect(cut).toBe(0)
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: /Invert/ }).click()
  await expect(tile(page)).toContainText('Inverted')
  await page.getByRole('button', { name: 'More tools' }).click()
  await page.getByRole('menuitem', { name: /Length/ }).click()
  await expect(page.getByRole('button', { name: 'More tools, Length' })).toBeVisible()
})
