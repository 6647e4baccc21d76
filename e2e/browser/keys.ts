import { expect, type Locator, type Page } from '@playwright/test'

const MOST_STOPS = 400

/** Presses Tab until the control has the focus: what cannot be reached so, nobody without a mouse can use. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control, 'reached with Tab').toBeFocused()
}

/** Fills a field as somebody does who has only keys. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

/**
 * Goes once around the page with Tab. Resolves with the visible controls that it never met, and with those that showed no
 * focus when it met them. Of radio buttons, options and the like one of the group is a stop.
 */
export async function aroundWithTab(page: Page): Promise<Around> {
  const first = await walk(page)
  // What came while it walked, as a list that was still being read, is met the second time.
  return first.missed.length === 0 ? first : await walk(page)
}

interface Around {
  missed: string[]
  unmarked: string[]
}

async function walk(page: Page): Promise<Around> {
  await page.evaluate(() => {
    const focus = document.activeElement
    if (focus instanceof HTMLElement) focus.blur()
  })
  const met = new Set<string>()
  const unmarked = new Set<string>()
  let last = ''
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return undefined
      element.dataset.met ??= String(document.querySelectorAll('[data-met]').length)
      // A control may mark its frame, and a list the row where the cursor is.
      const frames = [
        element,
        ...element.querySelectorAll('*'),
        element.parentElement,
        element.parentElement?.parentElement,
      ]
      const isMarked = frames.some((frame) => {
        if (!frame) return false
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(frame)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow.includes('2px')
      })
      return { id: element.dataset.met, isMarked, html: element.outerHTML.slice(0, 160) }
    })
    // Past the last control the focus is nowhere, then at the first one.
    if (at === undefined) continue
    // Day, month and year of a date are stops of one control.
    if (at.id === last) continue
    last = at.id
    if (met.has(at.id)) break
    met.add(at.id)
    if (!at.isMarked) unmarked.add(at.html)
  }
  const missed = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], [tabindex="0"]')
    return [...controls]
      .filter((control) => control.dataset.met === undefined && control.tabIndex >= 0)
      .filter((control) => !control.matches(':disabled, [hidden], [aria-hidden="true"] *') && control.checkVisibility())
      .filter((control) => {
        const group = control.closest('[role="radiogroup"], fieldset, [role="listbox"]')
        return !(control.matches('[type="radio"]') && group?.querySelector('[data-met]'))
      })
      .map((control) => control.outerHTML.slice(0, 160))
  })
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-met]')) delete element.dataset.met
  })
  return { missed, unmarked: [...unmarked] }
}
