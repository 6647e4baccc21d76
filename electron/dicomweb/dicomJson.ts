import type { Match } from '#electron/dicom/nodeApi.ts'
import { keywordOf } from '#shared/dicom/tag.ts'

const VALUE_CHARACTERS_MAX = 4096
const VALUES_MAX = 200

/** PS3.18 F.2: one object of DICOM JSON as C-FIND would have told it. What is not of that form is left out. */
export function matchOf(json: unknown): Match {
  const match: Match = {}
  if (typeof json !== 'object' || json === null) return match
  for (const [tag, element] of Object.entries(json)) {
    const keyword = /^[0-9A-Fa-f]{8}$/.test(tag) ? keywordOf(tag) : undefined
    const text = keyword === undefined ? undefined : textOf(element)
    if (keyword !== undefined && text !== undefined) match[keyword] = text
  }
  return match
}

function textOf(element: unknown): string | undefined {
  const { Value: values } = (typeof element === 'object' && element !== null ? element : {}) as { Value?: unknown }
  if (values === undefined) return ''
  if (!Array.isArray(values)) return undefined
  const texts = values.slice(0, VALUES_MAX).map(valueText)
  return texts.some((text) => text === undefined) ? undefined : texts.join('\\')
}

/** F.2.2: a value that is missing among others is null; F.2.2.3: names by their groups. Undefined for a sequence. */
function valueText(value: unknown): string | undefined {
  if (value === null) return ''
  if (typeof value === 'string') return value.slice(0, VALUE_CHARACTERS_MAX)
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object') return undefined
  const { Alphabetic, Ideographic, Phonetic } = value as Record<string, unknown>
  if (Alphabetic === undefined && Ideographic === undefined && Phonetic === undefined) return undefined
  const groups = [Alphabetic, Ideographic, Phonetic].map((group) => (typeof group === 'string' ? group : ''))
  return groups.join('=').replace(/=+$/, '').slice(0, VALUE_CHARACTERS_MAX)
}
