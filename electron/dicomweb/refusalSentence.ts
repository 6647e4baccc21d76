import type { WebServer } from './webApi.ts'

/** RFC 9110 15: what a status means for the person who has to put it right. The code last. */
export function refusalSentence(
  server: Pick<WebServer, 'name' | 'authentication' | 'dicomwebPath'>,
  status: number,
  said: string,
  waitMs: number | undefined,
): string {
  const known = KNOWN_CODES.get(said)
  const words = (known ? known(waitMs) : meaning(server, status, waitMs)).replaceAll('NAME', () => server.name)
  const quote = said === '' || known ? '' : ` It says: "${said}".`
  return `${words}${quote} (HTTP ${status})`
}

/** A search ends with this; a job comes again. */
const tooMany = (waitMs: number | undefined): string =>
  waitMs
    ? `NAME gets more questions from us than it allows, and wants us to wait ${wait(waitMs)}. Search again after that; transfers go on by themselves.`
    : 'NAME gets more questions from us than it allows. Search again in a minute; transfers go on by themselves.'

/** R042: codes that are seen in the field. */
const KNOWN_CODES: ReadonlyMap<string, (waitMs: number | undefined) => string> = new Map([
  ['AUTH.RATE_LIMITED', tooMany],
  [
    'PATIENT.ACCESS_DENIED',
    () => 'NAME does not let this user see the patient. Its administrator grants it to this user.',
  ],
])

function meaning(
  { authentication, dicomwebPath }: Pick<WebServer, 'authentication' | 'dicomwebPath'>,
  status: number,
  waitMs: number | undefined,
): string {
  if (status === 401) {
    if (authentication === 'none')
      return 'NAME wants to know who asks. Choose user and password, or a token, under Servers, Web interface.'
    return authentication === 'basic'
      ? 'NAME does not accept this user and password. Type them again under Servers, Web interface; its administrator knows them.'
      : 'NAME does not accept this token. It may have ended: ask its administrator for a new one.'
  }
  if (status === 403) return 'NAME does not allow this for us. Its administrator must grant it.'
  if (status === 404 || status === 410)
    return `NAME has nothing there. Check the path of its web address${dicomwebPath === '' ? ', which often ends with /dicom-web' : ''}; or it was deleted.`
  if (status === 405 || status === 501) return 'NAME does not offer this by DICOMweb.'
  if (status === 406 || status === 415) return 'NAME does not offer images in a form that we take.'
  if (status === 409) return 'NAME took none of it.'
  if (status === 413) return 'NAME finds it too large. Its administrator allows larger requests.'
  if (status === 429) return tooMany(waitMs)
  if (status === 507) return 'NAME has no room left. Its administrator must make space.'
  if (status === 502 || status === 503 || status === 504)
    return `NAME is not ready: it is starting, busy, or what stands in front of it cannot reach it.${waitMs ? ` It wants us to wait ${wait(waitMs)}.` : ''}`
  if (status >= 500) return 'NAME failed inside. Its administrator looks at its log.'
  return 'NAME refused.'
}

function wait(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}

/** Worth another try by itself. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 502 && status <= 504) || status === 507
}
