import { CT_PHANTOM } from '#electron/demo/ctPhantom.ts'
import { expect } from './browser/test.ts'
import { drag, drawn, list, open, place, test, tile } from './browser/viewerStudies.ts'

const mm = (pixels: number) => pixels * CT_PHANTOM.pixelSpacingMm
/** The first number in a text. */
const numberIn = (text: string | null) => Number(/−?\d+(\.\d+)?/.exec(text ?? '')?.[0].replace('−', '-'))

test('the mouse zooms, pans and scrolls by its tools; angle and ellipse; width and level by their numbers', async ({
  page,
  url,
}) => {
  await open(page, url, 'Lund')
  const apart = async () => (await place(page, [260, 256])).x - (await place(page, [250, 256])).x
  const by = async (key: string, x: number, y: number) => {
    await page.keyboard.press(key)
    const box = await tile(page).boundingBox()
    const [left, top] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 300]
    await page.mouse.move(left, top)
    await page.mouse.down()
    await page.mouse.move(left + x, top + y, { steps: 4 })
    await page.mouse.up()
  }
  const before = await apart()
  await by('z', 0, -100)
  await expect.poll(apart).toBeGreaterThan(before * 1.2)
  const from = await place(page, [256, 256])
  await by('p', 40, 25)
  await expect.poll(async () => Math.round((await place(page, [256, 256])).x - from.x)).toBe(40)
  await by('s', 0, 150)
  await expect(tile(page)).not.toContainText('Image 1 of 6')
  await page.keyboard.press('0')
  await page.keyboard.press('Home')

  await page.keyboard.press('a')
  for (const point of [
    [100, 180],
    [140, 180],
    [140, 220],
  ] as const) {
    const { x, y } = await place(page, point)
    await page.mouse.click(x, y)
  }
  await expect
    .poll(async () => numberIn(await drawn(page, 'angle').last().locator('text').textContent()))
    .toBeCloseTo(90, 0)
  await page.keyboard.press('e')
  await drag(page, [100, 300], [140, 340])
  await expect
    .poll(async () => numberIn((await drawn(page, 'ellipse').last().locator('tspan').last().textContent()) ?? ''))
    .toBeCloseTo((Math.PI * mm(20) * mm(20)) / 100, 1)

  await page.getByRole('button', { name: 'Window presets' }).click()
  await page.getByRole('menuitem', { name: 'Other width and level …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Width and level' })
  await dialog.getByLabel('Width').fill('0')
  await expect(dialog.getByText('More than 0.')).toBeVisible()
  await dialog.getByLabel('Width').fill('123')
  await dialog.getByLabel('Level').fill('−17')
  await dialog.getByLabel('Name').fill('Spleen')
  await page.keyboard.press('Enter')
  await expect(tile(page)).toContainText('W 123 L −17')
  await page.keyboard.press('2')
  await expect(tile(page)).toContainText('W 1500 L −500')
  await page.getByRole('button', { name: 'Window presets' }).click()
  await page.getByRole('menuitem', { name: /^Spleen/ }).click()
  await expect(tile(page)).toContainText('W 123 L −17')
})

test('a picture is copied and saved as it is seen: as large as the tile, with the words over it', async ({
  page,
  url,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, url, 'Lund')
  const litCorner = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const bitmap = await createImageBitmap((await item?.getType('image/png')) ?? new Blob())
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const corner = context?.getImageData(10, 6, 120, 16).data ?? []
      return { width: bitmap.width, lit: corner.filter((value, at) => at % 4 === 0 && value > 160).length > 50 }
    })
  await page.keyboard.press('Shift+C')
  await expect(page.getByText('Copied this picture, with the text over it')).toBeVisible()
  expect(await litCorner()).toEqual({ width: (await tile(page).boundingBox())?.width, lit: true })
  await page.keyboard.press('Shift+O')
  await expect(tile(page)).not.toContainText('Zoom')
  await list(page).getByRole('button', { name: 'Copy this picture' }).click()
  await expect(page.getByText('Copied this picture, without the text')).toBeVisible()
  expect(await litCorner()).toMatchObject({ lit: false })
  const download = page.waitForEvent('download')
  await page.keyboard.press('Shift+S')
  expect((await download).suggestedFilename()).toMatch(/^image-\d+\.png$/)
  await page.keyboard.press('Shift+O')
})

test('every tag is found by words, private ones by their owner, and copied', async ({ page, url, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, url, 'Grant')
  await page.keyboard.press('Shift+I')
  const dialog = page.getByRole('dialog', { name: 'Tags' })
  await expect(dialog.getByRole('row').filter({ hasText: 'PatientWeight' })).toContainText('70')
  await dialog.getByRole('textbox', { name: 'Search tags' }).fill('halflife')
  // The sequence and the item that it stands in stay with it.
  await expect(dialog.getByRole('row')).toHaveCount(3)
  await expect(dialog.getByRole('row').last()).toContainText('6586')
  await dialog.getByRole('button', { name: 'Copy RadionuclideHalfLife' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('6586')
  // A private one by its owner, or by what stands in it.
  await dialog.getByRole('textbox', { name: 'Search tags' }).fill('acme inner')
  await expect(dialog.getByRole('row').last()).toContainText('inner value')
  await dialog.getByRole('textbox', { name: 'Search tags' }).fill('no such tag')
  await expect(dialog).toContainText('No tag has all these words.')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})
