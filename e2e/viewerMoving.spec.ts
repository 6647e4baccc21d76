import { CT_PHANTOM } from '#electron/demo/ctPhantom.ts'
import { expect } from './browser/test.ts'
import { drag, drawn, open, place, test, tile } from './browser/viewerStudies.ts'

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
