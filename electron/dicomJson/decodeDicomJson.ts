import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { keywordOf } from '#shared/dicom/tag.ts'

/** What was sent is no DICOM JSON; the message is the rest of a sentence: `... has no VR`. */
export class DicomJsonError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DicomJsonError'
  }
}

/** Of one data set with all that is nested in it. */
const ELEMENTS_MAX = 100_000
const DEPTH_MAX = 32
/** The index and the page hold no more of one attribute. */
const VALUE_LENGTH_MAX = 1024 * 1024

/**
 * One data set of the DICOM JSON model (PS3.18 F.2) as text: keyword to value, several values joined by a backslash, the
 * groups of a name by `=`. Private attributes and bulk data are left out. Throws DicomJsonError.
 */
export function decodeDicomJson(json: unknown): AttributeSet {
  let count = 0

  function dataSetOf(value: unknown, depth: number): AttributeSet {
    if (!isObject(value)) throw new DicomJsonError('a data set is no object')
    if (depth > DEPTH_MAX) throw new DicomJsonError(`sequences are nested more than ${DEPTH_MAX} deep`)
    const set: AttributeSet = {}
    for (const [tag, element] of Object.entries(value)) {
      count += 1
      if (count > ELEMENTS_MAX) throw new DicomJsonError(`a data set has more than ${ELEMENTS_MAX} attributes`)
      if (!/^[0-9A-Fa-f]{8}$/.test(tag)) throw new DicomJsonError('a key is no tag of eight hex digits')
      const keyword = keywordOf(tag)
      if (keyword !== undefined) set[keyword] = elementText(element, tag, depth)
    }
    return set
  }

  function elementText(element: unknown, tag: string, depth: number): string | AttributeSet[] {
    if (!isObject(element)) throw new DicomJsonError(`${tag} is no object`)
    const { vr, Value: values = [] } = element
    // Some servers leave the VR out of empty attributes.
    if (vr !== undefined && (typeof vr !== 'string' || !/^[A-Z]{2}$/.test(vr)))
      throw new DicomJsonError(`${tag} has no VR`)
    if (!Array.isArray(values)) throw new DicomJsonError(`${tag} has a value that is no list`)
    if (vr === 'SQ') return values.map((item) => (item === null ? {} : dataSetOf(item, depth + 1)))
    const text = values.map((value) => textOf(value, tag)).join('\\')
    if (text.length > VALUE_LENGTH_MAX) throw new DicomJsonError(`${tag} is longer than any attribute`)
    return text
  }

  return dataSetOf(json, 0)
}

function textOf(value: unknown, tag: string): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (!isObject(value)) throw new DicomJsonError(`${tag} has a value of an unknown kind`)
  const groups = [value.Alphabetic, value.Ideographic, value.Phonetic].map((group) =>
    typeof group === 'string' ? group.replaceAll('=', ' ') : '',
  )
  return groups.join('=').replace(/=+$/, '')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
