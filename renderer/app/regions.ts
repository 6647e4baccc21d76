/** F6 goes around the parts of the window that say `data-region`, and the frame's own. */
const REGIONS = 'nav[aria-label="Pages"], main header, [data-region], [aria-label="Workstation status"]'
const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]'

export function moveRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter((each) => targetOf(each))
  const now = regions.findLastIndex((each) => each.contains(document.activeElement))
  const next = regions[(now + by + regions.length) % regions.length]
  if (next) targetOf(next)?.focus()
}

function targetOf(region: HTMLElement): HTMLElement | null {
  return region.matches(FOCUSABLE) ? region : region.querySelector<HTMLElement>(FOCUSABLE)
}
