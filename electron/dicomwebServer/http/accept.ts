import { WebRefusal } from './webRefusal.ts'

export interface MediaRange {
  /** `multipart/related`, small letters; `*` stands for anything, for `*` + `/` + `*` too. */
  type: string
  /** Of `multipart/related`: what its parts are; else ''. */
  inner: string
  /** `transfer-syntax`; '' where it is not said, `*` where any is taken. */
  transferSyntax: string
}

const ACCEPT_LENGTH_MAX = 4096
const RANGES_MAX = 64

/** What a caller takes, the most wanted first (RFC 9110 12.5.1, PS3.18 8.7.4). Nothing said is everything. Throws WebRefusal. */
export function acceptedTypes(accept: string): MediaRange[] {
  if (accept.length > ACCEPT_LENGTH_MAX) throw new WebRefusal(400, 'The Accept header is too long.')
  if (accept.trim() === '') return [ANYTHING]
  const ranges = splitOutsideQuotes(accept, ',')
  if (ranges.length > RANGES_MAX) throw new WebRefusal(400, 'The Accept header lists too many media types.')
  return ranges
    .flatMap((range) => rangeOf(range) ?? [])
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ quality: _, ...range }) => range)
}

const ANYTHING: MediaRange = { type: '*/*', inner: '', transferSyntax: '' }

function rangeOf(text: string): (MediaRange & { quality: number }) | undefined {
  const { type, parameters } = mediaType(text)
  const quality = Number(parameters.get('q') ?? 1)
  if (!/^(?:\*\/\*|[\w!#$&^.+-]+\/(?:\*|[\w!#$&^.+-]+))$/.test(type) || !(quality > 0)) return undefined
  return {
    type,
    inner: (parameters.get('type') ?? '').toLowerCase(),
    transferSyntax: parameters.get('transfer-syntax') ?? '',
    quality,
  }
}

/** RFC 9110 8.3.1; names in small letters, values without their quotes. */
export function mediaType(text: string): { type: string; parameters: ReadonlyMap<string, string> } {
  const [type = '', ...rest] = splitOutsideQuotes(text, ';')
  const parameters = new Map<string, string>()
  for (const each of rest) {
    const at = each.indexOf('=')
    if (at < 0) continue
    const value = each.slice(at + 1).trim()
    const plain = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value
    parameters.set(each.slice(0, at).trim().toLowerCase(), plain)
  }
  return { type: type.trim().toLowerCase(), parameters }
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' && isQuoted) at += 1
    else if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === separator && !isQuoted) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/** Of JSON, which every resource of data sets is given in; throws WebRefusal where the caller takes none. */
export function jsonType(accept: string): string {
  const ranges = acceptedTypes(accept)
  for (const { type } of ranges) {
    if (type === 'application/dicom+json' || type === '*/*' || type === 'application/*') return 'application/dicom+json'
    if (type === 'application/json') return 'application/json'
  }
  throw new WebRefusal(406, 'This is given as application/dicom+json only.')
}

/** For which form of the pixels metadata is wanted (PS3.18 8.7.3.5.2); '' where nothing is said. */
export function jsonSyntax(accept: string): string {
  return acceptedTypes(accept).find(({ type }) => /^application\/(?:dicom\+)?json$/.test(type))?.transferSyntax ?? ''
}
