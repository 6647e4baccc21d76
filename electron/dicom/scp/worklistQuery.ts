import type { WorklistQuery } from '#electron/archive/worklist/worklistApi.ts'
import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { parseDate, parseTime } from '#shared/dicom/dateTime.ts'
import { CANNOT_UNDERSTAND, DATA_SET_DOES_NOT_MATCH_SOP_CLASS } from '#shared/dicom/status.ts'
import { decodeAttributes } from '../dimse/attributeSetCodec.ts'
import { DimseError } from '../dimse/dimseError.ts'

const STEP = 'ScheduledProcedureStepSequence'
const STATION = 'ScheduledStationAETitle'

/** The identifier of a worklist query (PS3.4 K.4.1.1.3). Throws DimseError. */
export function readWorklistQuery(bytes: Buffer, transferSyntaxUID: string, callingAETitle: string): WorklistQuery {
  let keys: AttributeSet
  try {
    keys = decodeAttributes(bytes, transferSyntaxUID)
  } catch {
    throw new DimseError(CANNOT_UNDERSTAND, 'The identifier cannot be read')
  }
  const steps = itemsIn(keys, STEP)
  // PS3.4 C.2.2.2.6: one item of a sequence in the request, or none.
  if (steps.length > 1) throw refusal('ScheduledProcedureStepSequence has more than one item')
  const [step] = steps
  const date = textIn(step, 'ScheduledProcedureStepStartDate')
  checkRange('ScheduledProcedureStepStartDate', date, (text) => parseDate(text) !== undefined)
  const time = textIn(step, 'ScheduledProcedureStepStartTime')
  checkRange('ScheduledProcedureStepStartTime', time, (text) => parseTime(text) !== undefined)
  const birth = textIn(keys, 'PatientBirthDate')
  checkRange('PatientBirthDate', birth, (text) => parseDate(text) !== undefined)
  const station = textIn(step, STATION).trim()
  const [from, to] = days(date)
  return { keys, station: /[*?\\]/.test(station) ? '' : station, from, to, callingAETitle }
}

/**
 * A device that names no station, or itself by the name under which it calls, means the one that its requests name. Whoever
 * asks for another station gets what is asked for.
 */
export function forStation(query: WorklistQuery, scheduledAETitle: string): WorklistQuery {
  const { keys, callingAETitle } = query
  const [step] = itemsIn(keys, STEP)
  const asked = textIn(step, STATION).trim()
  if (scheduledAETitle === '' || !['', '*', callingAETitle].includes(asked)) return query
  const steps = step && STATION in step ? { [STEP]: [{ ...step, [STATION]: '' }] } : {}
  return { ...query, keys: { ...keys, ...steps }, station: scheduledAETitle, callingAETitle: scheduledAETitle }
}

/** PS3.4 C.2.2.2.5: a value, a range open at one end, or nothing. A wildcard in a date is none of the three. */
function checkRange(keyword: string, key: string, isValue: (text: string) => boolean): void {
  if (/^\**$/.test(key)) return
  const parts = key.split('-').map((part) => part.trim())
  const isWell =
    parts.length <= 2 && parts.some((part) => part !== '') && parts.every((part) => part === '' || isValue(part))
  if (!isWell) throw refusal(`${keyword}: neither a value nor a range`)
}

function days(key: string): [from: string, to: string] {
  const plain = key.replaceAll('.', '').replace(/^\*+$/, '')
  if (!plain.includes('-')) return [plain, plain]
  const [from = '', to = ''] = plain.split('-')
  return [from.trim(), to.trim()]
}

function refusal(comment: string): DimseError {
  return new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, comment)
}

/** Cut down to what was asked for (PS3.4 K.4.1.1.3.2); whether all of it is known here. */
export function answerTo(keys: AttributeSet, item: AttributeSet): { answer: AttributeSet; knowsAll: boolean } {
  const answer: AttributeSet = {}
  let knowsAll = true
  for (const [keyword, key] of Object.entries(keys)) {
    if (keyword === 'SpecificCharacterSet') continue
    const value = item[keyword]
    if (value === undefined) knowsAll = false
    else if (typeof key === 'string' || typeof value === 'string' || key.length === 0) answer[keyword] = value
    else {
      const wanted = key[0] ?? {}
      // A sequence of nothing but a universal match stands for all of it.
      if (Object.keys(wanted).length === 0) answer[keyword] = value
      else
        answer[keyword] = value.map((each) => {
          const part = answerTo(wanted, each)
          if (!part.knowsAll && keyword === STEP) knowsAll = false
          return part.answer
        })
    }
  }
  return { answer, knowsAll }
}
