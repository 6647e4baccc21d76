/** A PN value (PS3.18 F.2.2): its component groups by name; those that are empty are left out. */
export interface JsonPersonName {
  Alphabetic?: string
  Ideographic?: string
  Phonetic?: string
}

export type JsonValue = string | number | null | JsonPersonName | JsonDataSet

/** One attribute of the DICOM JSON model (PS3.18 F.2.2). One without a value has its VR alone. */
export interface JsonElement {
  vr: string
  Value?: JsonValue[]
  InlineBinary?: string
  BulkDataURI?: string
}

/** Keyed by eight upper-case hex digits of the tag. */
export interface JsonDataSet {
  [tag: string]: JsonElement
}

/** VRs of text in which a backslash is no delimiter (PS3.5 6.2). */
export const SINGLE_VALUED: ReadonlySet<string> = new Set(['LT', 'ST', 'UT', 'UR'])

const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const

/** `Family^Given=...=...`; null where nothing is said. */
export function jsonPersonName(value: string): JsonPersonName | null {
  const name: JsonPersonName = {}
  for (const [at, group] of value.split('=', 3).entries()) {
    const key = GROUPS[at]
    if (key && group !== '') name[key] = group
  }
  return Object.keys(name).length > 0 ? name : null
}

/** DS and IS are numbers where the text is one (PS3.18 F.2.3-1); what devices wrote instead stays text. */
export function jsonNumber(text: string): number | string {
  if (!/^ *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? *$/.test(text)) return text
  const number = Number(text)
  return Number.isFinite(number) && (Number.isSafeInteger(number) || !Number.isInteger(number)) ? number : text.trim()
}

/** Values of a VR of text as JSON; undefined where none of them says anything. */
export function jsonTexts(text: string, vr: string): JsonValue[] | undefined {
  if (text === '') return undefined
  const values = SINGLE_VALUED.has(vr) ? [text] : text.split('\\')
  const json = values.map((value): JsonValue => {
    if (value === '') return null
    if (vr === 'PN') return jsonPersonName(value)
    return vr === 'DS' || vr === 'IS' ? jsonNumber(value) : value
  })
  return json.some((value) => value !== null) ? json : undefined
}
