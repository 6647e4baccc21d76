import { expect, test } from './browser/test.ts'
import { drag, list, open, place, state, tile } from './browser/viewerStudies.ts'

test('keys and buttons are what a person makes of them, the help and the bar say so, and the palette finds all', async ({
  page,
  workstation,
  connection,
}) => {
  await connection.ask.settings.addDemoStudies({})
  await open(page, workstation.url, 'Bella')
  await tile(page).click({ button: 'middle' })

  // The palette: by a part of its name, with the keyboard alone.
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find a command' })
  await palette.getByRole('combobox').fill('hot iron')
  await expect(palette.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(tile(page)).toContainText('Hot iron')
  const colour = () =>
    page.evaluate(() => {
      const viewer = window.negatoscope?.viewer
      const [x, y] = viewer?.imageToCanvas(0, [256, 200]) ?? [0, 0]
      return [...(viewer?.canvas(0)?.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [])]
    })
  await expect.poll(async () => (await colour())[0]).toBe(255)
  expect((await colour())[2]).toBeLessThan(60)

  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('keys mouse')
  await page.keyboard.press('Enter')
  const habits = page.getByRole('dialog', { name: 'Keys and mouse of the viewer' })
  await habits.getByLabel('Right button').selectOption('pan')
  await habits.getByLabel('Wheel', { exact: true }).selectOption('zoom')
  await habits.getByRole('button', { name: 'Change the key of Length' }).click()
  await page.keyboard.press('F1')
  await expect(habits.getByText('F1 belongs to every page. Press another key.')).toBeVisible()
  await page.keyboard.press('j')
  await expect(habits.getByRole('listitem').filter({ hasText: /^Length/ })).toContainText('J')
  // What another command had is taken from it.
  await habits.getByRole('button', { name: 'Change the key of Angle', exact: true }).click()
  await page.keyboard.press('e')
  await expect(habits.getByRole('listitem').filter({ hasText: /^Ellipse/ })).toContainText('none')
  await habits.getByLabel('Above', { exact: true }).selectOption('Ellipse')
  await habits.getByLabel('Below', { exact: true }).selectOption('nothing')
  await habits.getByRole('button', { name: 'Close' }).click()

  await tile(page).click({ button: 'right' })
  const around = page.getByRole('menu', { name: 'Tools around the pointer' }).getByRole('menuitem')
  await expect(around).toHaveCount(7)
  await expect(around.first()).toHaveText('Ellipse')
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys of this page' })
  await expect(help.getByText('Mouse in the viewer')).toBeVisible()
  await expect(help).toContainText('Right button')
  await page.keyboard.press('Escape')
  await tile(page).focus()
  await page.keyboard.press('j')
  await expect(page.getByRole('button', { name: 'Length' })).toHaveAttribute('aria-pressed', 'true')
  await drag(page, [100, 100], [180, 100])
  await expect(list(page)).toContainText('40.0 mm')

  // Two images side by side, tag by tag.
  await page.keyboard.press('Shift+I')
  const tags = page.getByRole('dialog', { name: 'Tags' })
  await tags.getByLabel('Compare with').selectOption({ label: 'the next image' })
  await tags.getByLabel('Differences only').check()
  const rows = tags.getByRole('table', { name: 'Tags' }).getByRole('row')
  await expect(rows.filter({ hasText: 'InstanceNumber' })).toContainText(['1'])
  await expect(rows.filter({ hasText: 'SliceLocation' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'PatientName' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  // The right button pans, the wheel zooms.
  const before = await place(page, [256, 256])
  await page.mouse.move(600, 400)
  await page.mouse.down({ button: 'right' })
  await page.mouse.move(660, 430, { steps: 3 })
  await page.mouse.up({ button: 'right' })
  await expect.poll(async () => Math.round((await place(page, [256, 256])).x - before.x)).toBe(60)
  const index = (await state(page))?.index
  await page.mouse.wheel(0, 120)
  await expect(tile(page)).not.toContainText('Zoom 168 %')
  expect((await state(page))?.index).toBe(index)
})
