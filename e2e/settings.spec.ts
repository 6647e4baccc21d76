import { goTo } from './browser/pages.ts'
import { expect, test } from './browser/test.ts'

test('the theme changes at once and is remembered', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await background()
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light').click()
  await expect.poll(background).not.toBe(dark)
  const light = await background()
  await page.reload()
  await expect.poll(background).toBe(light)
})

test('what the command line fixed is shown and cannot be changed', async ({ workstation, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const network = page.getByRole('region', { name: 'This workstation on the network' })
  await expect(network).toContainText(workstation.aeTitle)
  await expect(network).toContainText(String(workstation.dicomPort))
  await expect(network.getByRole('textbox')).toHaveCount(0)
})

test('a limit out of its range is not taken', async ({ workstation, connection, page }) => {
  await page.goto(workstation.url)
  await goTo(page, 'Settings')
  const days = page.getByLabel('Keep what is deleted for')
  await days.fill('0')
  await days.blur()
  await days.fill('14')
  await days.blur()
  const kept = async () => {
    for await (const view of connection.ask.settings.watch({})) return view.settings.trashDays
    return undefined
  }
  await expect.poll(kept).toBe(14)
})
