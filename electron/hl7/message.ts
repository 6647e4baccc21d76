/** HL7 v2.5.1 2.5: a message as fields, repetitions and components. Sub-components are joined to their component. */
export interface Message {
  /** Of the first segment with this name; '' where it has none. Component and repetition count from 1. */
  text(segment: string, field: number, component?: number, repetition?: number): string
  repetitions(segment: string, field: number): number
  has(segment: string): boolean
  count(segment: string): number
  /**
   * The orders of the message: one for each OBR, with the segments that go with it. What stands before the first order is
   * seen in all of them, an ORC also by the further OBR of its group.
   */
  orders(): Message[]
}

/** The bytes are no HL7 message; the sentence says why. */
export class NotHl7Error extends Error {}

const SEGMENTS_MAX = 500
const FIELDS_MAX = 400

/** Throws NotHl7Error. */
export function parseMessage(bytes: Uint8Array): Message {
  const text = decode(bytes)
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '')
  const header = lines[0] ?? ''
  if (!header.startsWith('MSH')) throw new NotHl7Error('The message does not begin with MSH.')
  if (lines.some((line, at) => at > 0 && line.startsWith('MSH')))
    throw new NotHl7Error('A second MSH stands in the message: the end of the first one is missing.')
  if (lines.length > SEGMENTS_MAX) throw new NotHl7Error(`The message has more than ${SEGMENTS_MAX} segments.`)
  const field = header[3] ?? ''
  const marks = header.slice(4).split(field, 1)[0] ?? ''
  const delimiters = new Set([field, ...marks])
  if (field === '' || marks.length < 4 || delimiters.size !== marks.length + 1 || /[A-Za-z0-9\s]/.test(field + marks))
    throw new NotHl7Error('The delimiters in MSH-1 and MSH-2 are not five different signs.')
  const signs = { field, component: marks[0] ?? '^', repetition: marks[1] ?? '~', escape: marks[2] ?? '\\' }
  const subComponent = marks[3] ?? '&'
  const segments = lines.map((line) => {
    const fields = line.split(field)
    if (fields.length > FIELDS_MAX) throw new NotHl7Error(`A segment has more than ${FIELDS_MAX} fields.`)
    // MSH-1 is the delimiter itself.
    return fields[0] === 'MSH' ? ['MSH', field, ...fields.slice(1)] : fields
  })
  const plain = unescaper(signs.escape, { F: field, S: signs.component, R: signs.repetition, T: subComponent })

  /** `places`: where a segment is looked for, the nearest first. */
  function view(places: readonly (readonly string[][])[]): Message {
    const find = (name: string) => places.map((place) => place.find(([own]) => own === name)).find(Boolean)
    return {
      has: (name) => find(name) !== undefined,
      count: (name) => segments.filter(([own]) => own === name).length,
      orders: () => orderPlaces(segments).map(view),
      repetitions: (name, at) => find(name)?.[at]?.split(signs.repetition).length ?? 0,
      text(name, at, component = 1, repetition = 1) {
        const value =
          find(name)?.[at]?.split(signs.repetition)[repetition - 1]?.split(signs.component)[component - 1] ?? ''
        return value === '""' ? '' : plain(value.split(subComponent)[0] ?? '').trim()
      },
    }
  }
  return view([segments])
}

/**
 * HL7 v2.5.1 4.4: ORC, TQ1 and OBR begin an order; what follows belongs to it, up to the next one. An ORC alone, as of a
 * cancellation, is an order too.
 */
function orderPlaces(all: readonly string[][]): string[][][][] {
  // A further PID begins the results of earlier orders (OMG^O19): they are nothing to be done.
  const earlier = all.findIndex(([name], at) => name === 'PID' && all.slice(0, at).some(([own]) => own === 'PID'))
  const segments = earlier < 0 ? all : all.slice(0, earlier)
  const names = segments.map(([name]) => name)
  const isAlone = (at: number) => names.slice(at + 1).find((name) => name === 'ORC' || name === 'OBR') !== 'OBR'
  const requests = names.flatMap((name, at) => (name === 'OBR' || (name === 'ORC' && isAlone(at)) ? [at] : []))
  const starts = requests.map((request) => {
    let start = request
    while (names[start] !== 'ORC' && (names[start - 1] === 'TQ1' || names[start - 1] === 'ORC')) start -= 1
    return start
  })
  const [first] = starts
  if (first === undefined) return [[[...segments]]]
  // IHE RAD-4: one ZDS at the end names the study of them all.
  const studies = segments.filter(([name]) => name === 'ZDS')
  let group: string[][] = []
  return starts.map((start, index) => {
    const own = segments.slice(start, starts[index + 1] ?? segments.length)
    if (names[start] === 'ORC') group = segments.slice(start, requests[index])
    return [own, group, segments.slice(0, first), studies.length === 1 ? studies : []]
  })
}

/** HL7 table 0211, as far as the bytes alone do not tell it. */
const codePages: Readonly<Record<string, string>> = {
  ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8, 15].map((part) => [`8859/${part}`, `iso-8859-${part}`])),
  ...{ '8859/9': 'windows-1254', 'GB 18030-2000': 'gb18030', 'KS X 1001': 'euc-kr', 'BIG-5': 'big5' },
}
const ESCAPES = 0x1b

/** UTF-8 where it is right UTF-8, whatever MSH-18 says; else what MSH-18 says; else Latin-1, which every byte is. */
function decode(bytes: Uint8Array): string {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const header = plain.split(/[\r\n]/, 1)[0] ?? ''
  const declared = header.split(header[3] ?? '|')[17]?.split(header[5] ?? '~') ?? []
  // The escapes of Japanese are right UTF-8 as well, and another text.
  if (bytes.includes(ESCAPES) && declared.some((name) => name === 'ISO IR87' || name === 'ISO IR159'))
    return new TextDecoder('iso-2022-jp').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const page = declared.map((name) => codePages[name.trim().toUpperCase()]).find(Boolean)
    return page ? new TextDecoder(page).decode(bytes) : plain
  }
}

/** HL7 v2.5.1 2.7. Formatting, and what is not known, is left out. */
function unescaper(sign: string, letters: Record<string, string>): (text: string) => string {
  return (text) => {
    if (!text.includes(sign)) return text
    const parts = text.split(sign)
    // Every second part stands between two escape signs; one that is not closed is text.
    return parts
      .map((part, at) => {
        if (at % 2 === 0) return part
        if (at === parts.length - 1) return sign + part
        if (part === 'E') return sign
        if (/^X([0-9A-Fa-f]{2})+$/.test(part)) return Buffer.from(part.slice(1), 'hex').toString('latin1')
        return part === '.br' ? ' ' : (letters[part] ?? '')
      })
      .join('')
  }
}
