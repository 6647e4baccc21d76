import type { DataSet } from 'dicom-parser'
import { parseDateTime } from '#shared/dicom/dateTime.ts'
import { string } from '../attributes.ts'

const DAY_S = 86_400
/** No clinical tracer is imaged later after its injection than this; beyond it the times contradict each other. */
const LONGEST_UPTAKE_S = 2 * DAY_S

/** From injection to the start of the series, to which decay is corrected; or why it is not known. */
export function uptakeSeconds(dataSet: DataSet, tracer: DataSet): number | string {
  const seriesDate = string(dataSet, 'x00080021')
  const started = secondsOf(seriesDate, string(dataSet, 'x00080031'))
  const acquired = secondsOf(string(dataSet, 'x00080022'), string(dataSet, 'x00080032'))
  if (started === undefined || acquired === undefined) return 'The time of the scan is not given.'
  // Series made later, from images, have a later series time: decay is not corrected to that.
  if (started > acquired)
    return 'The series time lies after the acquisition, so the moment of decay correction is not known.'
  const injected = injection(dataSet, tracer) ?? injectionOfDay(tracer, seriesDate, started)
  if (injected === undefined) return 'The time of injection is not given.'
  if (typeof injected === 'string') return injected
  const uptakeS = started - injected
  if (uptakeS < 0 || uptakeS > LONGEST_UPTAKE_S) return 'The time of injection contradicts the time of the scan.'
  return uptakeS
}

/**
 * (0018,1078), on the clock of the series. Dates and times, and a DT without an offset, are in the zone of (0008,0201)
 * (PS3.3 C.12.1); where that is not told, a DT with an offset may be on another clock than the series.
 */
function injection(dataSet: DataSet, tracer: DataSet): number | string | undefined {
  const value = parsed(string(tracer, 'x00181078'))
  if (value === undefined) return undefined
  const { seconds, offsetMinutes } = value
  if (offsetMinutes === undefined) return seconds
  const zoneMinutes = offsetOf(string(dataSet, 'x00080201'))
  if (zoneMinutes !== undefined) return seconds + (zoneMinutes - offsetMinutes) * 60
  // (0018,1072) is on the clock of the series: where it reads the same, the zone is the same.
  const ofDay = secondsOf('19700101', string(tracer, 'x00181072'))
  if (ofDay !== undefined && Math.floor(ofDay) === Math.floor(seconds) % DAY_S) return seconds
  return 'The time of injection names its time zone, and the time of the scan does not.'
}

function injectionOfDay(tracer: DataSet, seriesDate: string, started: number): number | undefined {
  const ofDay = secondsOf(seriesDate, string(tracer, 'x00181072'))
  // A time of day later than the scan was before midnight.
  return ofDay !== undefined && ofDay > started ? ofDay - DAY_S : ofDay
}

function secondsOf(date: string, time: string): number | undefined {
  return date === '' || time === '' ? undefined : parsed(`${date}${time.replaceAll(':', '')}`)?.seconds
}

/** Of a clock, whatever its zone. To the minute at least: a date alone is no time of injection. */
function parsed(text: string): { seconds: number; offsetMinutes: number | undefined } | undefined {
  const moment = /^\d{12}/.test(text) ? parseDateTime(text) : undefined
  if (!moment) return undefined
  const { date, time, offsetMinutes } = moment
  const wholeMs = Date.UTC(date.year, date.month - 1, date.day, time.hour, time.minute, time.second)
  return { seconds: wholeMs / 1000 + time.microsecond / 1e6, offsetMinutes }
}

/** `+0100` and `-0330` in minutes; undefined for what is no offset of any place. */
function offsetOf(text: string): number | undefined {
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d{2})(\d{2})$/.exec(text.trim()) ?? []
  if (!sign) return undefined
  const total = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return Number(minutes) < 60 && total >= -12 * 60 && total <= 14 * 60 ? total : undefined
}
