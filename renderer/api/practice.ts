const PLACE = 'practice/'

/** Whether this window shows the workstation of practice, which has a page of its own below the other one's. */
export const isPractice = typeof location !== 'undefined' && location.pathname.endsWith(`/${PLACE}`)

export function beginPractice(): void {
  location.assign(new URL(PLACE, location.href).href)
}

export function leavePractice(): void {
  location.assign(new URL('../', location.href).href)
}

/** What a window remembers of studies is remembered apart: the same number is another patient in practice. */
export function rememberedUnder(key: string): string {
  return isPractice ? `${key}.practice` : key
}
