const KEY = 'negatoscope.lookAround'

/** "Look around first" holds until the window is closed: then the question comes again. */
export const firstRunSkipped = {
  read: (): boolean => sessionStorage.getItem(KEY) === 'yes',
  write: (skipped: boolean): void => {
    if (skipped) sessionStorage.setItem(KEY, 'yes')
    else sessionStorage.removeItem(KEY)
  },
}
