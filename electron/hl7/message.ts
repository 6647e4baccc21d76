/** HL7 v2.5.1 2.5: a message as fields, repetitions and components. Sub-components are joined to their component. */
export interface Message {
  /** Of the first segment with this name; '' where it has none. Component and repetition count from 1. */
  text(segment: string, field: number, component?: number, repetition?: number): string
  repetitions(segment: string, field: number): number
  has(segment: string): boolean
  /** The same message, of which only the nth segment of this name is seen. */
  nth(segment: string, index: number): Message
  count(segment: string): number
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

  function view(only: ReadonlyMap<string, number>): Message {
    const find = (name: string) => segments.filter((fields) => fields[0] === name)[only.get(name) ?? 0]
    return {
      has: (name) => find(name) !== undefined,
      count: (name) => segments.filter((fields) => fields[0] === name).length,
      nth: (name, index) => view(new Map([...only, [name, index]])),
      repetitions: (name, at) => find(name)?.[at]?.split(signs.repetition).length ?? 0,
      text(name, at, component = 1, repetition = 1) {
        const value =
          find(name)?.[at]?.split(signs.repetition)[repetition - 1]?.split(signs.component)[component - 1] ?? ''
        return value === '""' ? '' : plain(value.split(subComponent)[0] ?? '').trim()
      },
    }
  }
  return view(new Map())
}

/** UTF-8 where it is right UTF-8, whatever MSH-18 says; else Latin-1, which every byte is. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
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
