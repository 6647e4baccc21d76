const NAMES = ['studies', 'series', 'instances']

/** Of a study, a series or an instance, by as many UIDs as are given. */
export function resourceUrl(base: string, uids: readonly string[]): string {
  return [base, ...uids.map((uid, at) => `${NAMES[at]}/${uid}`)].join('/')
}
