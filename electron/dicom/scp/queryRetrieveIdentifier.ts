import { isSequence, QUERY_LEVELS, supportsKey, UNIQUE_KEYS } from '#electron/archive/queryRetrieve/keys.ts'
import type { Query, QueryKey, QueryLevel } from '#electron/archive/queryRetrieve/query.ts'
import { sequenceAttributes } from '#electron/archive/storedAttributes.ts'
import { CANNOT_UNDERSTAND, DATA_SET_DOES_NOT_MATCH_SOP_CLASS } from '#shared/dicom/status.ts'
import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ResponseKey } from '../dimse/matchWriter.ts'
import { type IdentifierKey, readQueryIdentifier } from '../dimse/queryIdentifier.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { type Agreed, type InformationModel, modelOf } from './queryRetrieveModel.ts'

export interface AskedQuery {
  query: Query
  /** What each response holds, in the order in which the archive gives values. */
  response: ResponseKey[]
  /** Every key is known; else each match says so (0xFF01, PS3.4 Table C.4-1). */
  knowsAllKeys: boolean
  /** (0008,0005) of the request. */
  characterSet: string
}

/** Only UIDs come in long lists (PS3.4 C.2.2.2.2); each value of another key costs a look at every study. */
const VALUES_MAX = 100

/** They say how to read the identifier, or are the same in every response: never matched. */
const CONTEXT_KEYS = new Set(['QueryRetrieveLevel', 'SpecificCharacterSet', 'RetrieveAETitle', 'InstanceAvailability'])

/** Throws DimseError where the identifier is none of the SOP class (PS3.4 C.4.1.1.3.1, C.4.1.2.2). */
export function askedQuery(bytes: Buffer, context: AcceptedContext, agreed: Agreed, aeTitle: string): AskedQuery {
  const identifier = read(bytes, context)
  const level = levelOf(identifier)
  if (!agreed.relational) requireKeysAbove(identifier, level, modelOf(context.abstractSyntax))
  const response: ResponseKey[] = [
    { keyword: 'QueryRetrieveLevel', constant: level },
    { keyword: 'RetrieveAETitle', constant: aeTitle },
  ]
  const keys: QueryKey[] = []
  let knowsAllKeys = true
  for (const { keyword, value, item } of identifier) {
    if (keyword === 'InstanceAvailability') response.push({ keyword, constant: 'ONLINE' })
    if (keyword !== undefined && CONTEXT_KEYS.has(keyword)) continue
    if (keyword === undefined || !supportsKey(keyword, level)) {
      knowsAllKeys = false
      continue
    }
    if (isSequence(keyword)) {
      const { keywords, known } = itemKeys(keyword, item ?? [])
      if (!known) knowsAllKeys = false
      response.push({ keyword, item: keywords.map((key) => key.keyword) })
      keys.push({ keyword, value: '', item: keywords })
      continue
    }
    if (isLongList(keyword, value)) throw refusal(`${keyword} has more than ${VALUES_MAX} values`)
    response.push({ keyword })
    // (0008,0201) of a request says in which zone its times are; it is not matched (PS3.4 C.4.1.1.3.1).
    keys.push({ keyword, value: keyword === 'TimezoneOffsetFromUTC' ? '' : value })
  }
  const characterSet = identifier.find(({ keyword }) => keyword === 'SpecificCharacterSet')?.value ?? ''
  return { query: { level, keys, combinedDateTime: agreed.combinedDateTime }, response, knowsAllKeys, characterSet }
}

/** The unique keys of a C-MOVE or C-GET (PS3.4 C.4.2.1.4, C.4.3.1.3); other keys are passed over. Throws DimseError. */
export function askedInstances(bytes: Buffer, context: AcceptedContext, agreed: Agreed): Query {
  const identifier = read(bytes, context)
  const level = levelOf(identifier)
  if (!agreed.relational) requireKeysAbove(identifier, level, modelOf(context.abstractSyntax))
  const own = valueIn(identifier, UNIQUE_KEYS[level])
  if (isOpen(own) || /[*?]/.test(own)) throw refusal(`A retrieve at level ${level} needs ${UNIQUE_KEYS[level]}`)
  const keys = QUERY_LEVELS.slice(0, QUERY_LEVELS.indexOf(level) + 1).flatMap((each) => {
    const keyword = UNIQUE_KEYS[each]
    const value = valueIn(identifier, keyword)
    return value === '' ? [] : [{ keyword, value }]
  })
  return { level, keys, combinedDateTime: false }
}

function read(bytes: Buffer, context: AcceptedContext): IdentifierKey[] {
  try {
    return readQueryIdentifier(bytes, context.transferSyntax)
  } catch {
    throw new DimseError(CANNOT_UNDERSTAND, 'The identifier cannot be read')
  }
}

/** R088, R089: PATIENT is taken in the Study Root too, where the standard does not have it. */
function levelOf(identifier: readonly IdentifierKey[]): QueryLevel {
  const level = valueIn(identifier, 'QueryRetrieveLevel')
  const known = QUERY_LEVELS.find((each) => each === level.toUpperCase())
  if (!known) throw refusal('(0008,0052) is none of PATIENT, STUDY, SERIES, IMAGE')
  return known
}

/** Without relational behaviour one value stands for each level above (PS3.4 C.4.1.2.2.1, C.4.2.2.1). */
function requireKeysAbove(identifier: readonly IdentifierKey[], level: QueryLevel, model: InformationModel): void {
  const first = model === 'patient' ? 0 : 1
  for (const above of QUERY_LEVELS.slice(first, Math.max(first, QUERY_LEVELS.indexOf(level)))) {
    const value = valueIn(identifier, UNIQUE_KEYS[above])
    if (isOpen(value) || value.includes('\\') || /[*?]/.test(value))
      throw refusal(`Level ${level} needs one ${UNIQUE_KEYS[above]}, or relational`)
  }
}

const isOpen = (value: string): boolean => /^[\\*]*$/.test(value)

function valueIn(identifier: readonly IdentifierKey[], keyword: string): string {
  return identifier.find((key) => key.keyword === keyword)?.value ?? ''
}

function isLongList(keyword: string, value: string): boolean {
  if (value.length < VALUES_MAX || valueRepresentationsOf(tagOf(keyword) ?? '')[0] === 'UI') return false
  return value.split('\\').length > VALUES_MAX
}

function itemKeys(keyword: string, item: readonly IdentifierKey[]): { keywords: QueryKey[]; known: boolean } {
  const kept: readonly string[] = sequenceAttributes[keyword as keyof typeof sequenceAttributes].items
  const keywords = item.flatMap((key) =>
    key.keyword !== undefined && kept.includes(key.keyword) ? [{ keyword: key.keyword, value: key.value }] : [],
  )
  return { keywords, known: keywords.length === item.length }
}

function refusal(comment: string): DimseError {
  return new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, comment)
}
