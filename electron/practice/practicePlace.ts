const PREFIX = '/practice/'

/** Practice has its page below that of the workstation; from there on paths are the same. */
export function practicePlace(pathname: string): { isPractice: boolean; path: string } {
  if (!pathname.startsWith(PREFIX)) return { isPractice: false, path: pathname }
  return { isPractice: true, path: pathname.slice(PREFIX.length - 1) }
}
