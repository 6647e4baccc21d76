import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'

export interface AttributeTag {
  /** As dicom-parser writes it: xggggeeee. */
  tag: string
  vr: string
}

const known = new Map<string, AttributeTag>()

/** Of a keyword of PS3.6, or of a tag in any of the forms xggggeeee, ggggeeee, (gggg,eeee). */
export function attributeTag(keywordOrTag: string): AttributeTag {
  const found = known.get(keywordOrTag)
  if (found !== undefined) return found
  const digits = tagOf(keywordOrTag) ?? keywordOrTag.replace(/[x(),]/g, '')
  if (!/^[0-9a-fA-F]{8}$/.test(digits)) throw new Error(`PS3.6 knows no attribute ${keywordOrTag}`)
  const attribute = { tag: `x${digits.toLowerCase()}`, vr: valueRepresentationsOf(digits)[0] ?? 'UN' }
  known.set(keywordOrTag, attribute)
  return attribute
}
