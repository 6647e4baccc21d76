import { ownAnimalName } from '#shared/dicom/animalName.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { matches } from '#shared/dicom/matching.ts'
import { tagOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'

/** They say how to read the identifier, or in which zone its times are: never matched. */
const CONTEXT_KEYS = new Set(['SpecificCharacterSet', 'TimezoneOffsetFromUTC'])
const START_DATE = 'ScheduledProcedureStepStartDate'
const START_TIME = 'ScheduledProcedureStepStartTime'

/** Attribute matching of PS3.4 C.2.2.2 and K.4.1.1.3.1 on an entry; a key that the entry does not know matches nothing special. */
export function matchesItem(keys: AttributeSet, item: AttributeSet): boolean {
  const isCombined = isRange(textIn(keys, START_DATE)) && isRange(textIn(keys, START_TIME))
  if (isCombined && !startsWithin(keys, item)) return false
  return Object.entries(keys).every(([keyword, key]) => {
    if (CONTEXT_KEYS.has(keyword) || !(keyword in item)) return true
    if (isCombined && (keyword === START_DATE || keyword === START_TIME)) return true
    const value = item[keyword] ?? ''
    // A request for any time of its day: a device that asks for its hours must not miss it.
    if (keyword === START_TIME && value === '') return true
    if (typeof key !== 'string') return matchesSequence(key, itemsIn(item, keyword))
    if (typeof value !== 'string' || matchesText(keyword, key, value)) return true
    // Who stands at the device knows what the animal is called, and may not know its owner's family before it.
    return keyword === 'PatientName' && isAnimal(item) && matchesName(key, ownAnimalName(value))
  })
}

/** Of a person an entry has none of these (PS3.3 C.7.1.1). */
function isAnimal(item: AttributeSet): boolean {
  const said = ['PatientSpeciesDescription', 'PatientBreedDescription', 'ResponsiblePersonRole']
  return said.some((keyword) => textIn(item, keyword) !== '') || itemsIn(item, 'PatientSpeciesCodeSequence').length > 0
}

/** PS3.4 C.2.2.2.6: one item of the entry has to match all keys of the one item of the query. */
function matchesSequence(key: readonly AttributeSet[], items: readonly AttributeSet[]): boolean {
  const [keys] = key
  if (!keys || isUniversal(keys)) return true
  return items.some((item) => matchesItem(keys, item))
}

function isUniversal(keys: AttributeSet): boolean {
  return Object.values(keys).every((key) =>
    typeof key === 'string' ? /^\**$/.test(key) : key.every((item) => isUniversal(item)),
  )
}

function matchesText(keyword: string, key: string, value: string): boolean {
  if (/^\**$/.test(key)) return true
  const vr = valueRepresentationsOf(tagOf(keyword) ?? '')[0] ?? 'LO'
  if (vr === 'PN') return matchesName(key, value)
  // A list of titles is no matching of the standard's, yet devices that stand in for two ask so.
  if (vr === 'AE') return key.split('\\').some((title) => matches(vr, title.trim(), value))
  return matches(vr, key, value)
}

/** In any of the scripts in which the name is written, and without regard to delimiters at its end (PS3.5 6.2.1). */
function matchesName(key: string, value: string): boolean {
  const bare = (name: string) => name.replace(/[\^=\s]+$/, '')
  const groups = value.split('=').map(bare)
  return [bare(value), ...groups].some((name) => matches('PN', bare(key), name))
}

const isRange = (key: string): boolean => key.includes('-')

/** PS3.4 K.6.1.2.2: two ranges together are one, from the first time of the first day to the last time of the last day. */
function startsWithin(keys: AttributeSet, item: AttributeSet): boolean {
  const [fromDate = '', toDate = ''] = textIn(keys, START_DATE).replaceAll('.', '').split('-')
  const [fromTime = '', toTime = ''] = textIn(keys, START_TIME).replaceAll(':', '').split('-')
  const time = textIn(item, START_TIME)
  if (time === '') return matches('DA', textIn(keys, START_DATE), textIn(item, START_DATE))
  const at = textIn(item, START_DATE) + digits(time, '0')
  const from = fromDate === '' ? '' : fromDate + digits(fromTime, '0')
  const to = toDate === '' ? '' : toDate + (toTime === '' ? '235959' : digits(toTime, '9'))
  return at >= from && (to === '' || at <= to)
}

function digits(time: string, filler: string): string {
  return (time.split('.')[0] ?? '').padEnd(6, filler).slice(0, 6)
}
