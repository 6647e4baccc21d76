import type { DataSet } from 'dicom-parser'
import type { Technique } from '#shared/imaging/technique.ts'
import { double, firstDecimal, items, string } from '../attributes.ts'
import type { Text } from './frames.ts'

/** On a picture nobody reads more. */
const LONGEST_TEXT = 40
/** Beyond it no tube, sequence or slice is. */
const MOST = 1e6

type Read<Value> = (scope: DataSet) => Value | undefined

const decimal =
  (tag: string): Read<number> =>
  (scope) =>
    firstDecimal(scope, tag)
const float =
  (tag: string): Read<number> =>
  (scope) =>
    double(scope, tag)
const possible = (value: number | undefined) =>
  value !== undefined && value > 0 && value < MOST ? Number(value.toPrecision(6)) : undefined
const scaled = (value: number | undefined, factor: number) => (value === undefined ? undefined : value * factor)
const short = (value: string) => value.replaceAll('\\', ', ').trim().slice(0, LONGEST_TEXT).trim() || undefined

/** The tube, the sequence or the tracer, as people look for them on the picture; absent where the file says nothing. */
export function technique(dataSet: DataSet, text: Text): { technique?: Technique } {
  const group = groupReader(dataSet)
  const exposureMs = firstDecimal(dataSet, 'x00181150')
  const tubeMa = firstDecimal(dataSet, 'x00181151')
  const [tracer] = items(dataSet, 'x00540016')
  const angle = (tag: string) => (string(dataSet, 'x00080060') === 'XA' ? firstDecimal(dataSet, tag) : undefined)
  const [primary, secondary] = [angle('x00181510'), angle('x00181511')]
  const tilt = firstDecimal(dataSet, 'x00181120')
  const deviation = firstDecimal(dataSet, 'x00181413')
  const said: { [Key in keyof Technique]: Technique[Key] | undefined } = {
    thicknessMm: possible(firstDecimal(dataSet, 'x00180050') ?? group('x00289110', decimal('x00180050'))),
    kilovolts: possible(firstDecimal(dataSet, 'x00180060') ?? group('x00189325', decimal('x00180060'))),
    milliampereSeconds:
      // (0018,1153) is in µAs, and finer than (0018,1152).
      possible(scaled(firstDecimal(dataSet, 'x00181153'), 1e-3)) ??
      possible(firstDecimal(dataSet, 'x00181152')) ??
      possible(double(dataSet, 'x00189332') ?? group('x00189321', float('x00189332'))) ??
      possible(exposureMs !== undefined && tubeMa !== undefined ? (exposureMs * tubeMa) / 1000 : undefined),
    tiltDegrees: tilt !== undefined && Math.abs(tilt) >= 0.1 && Math.abs(tilt) <= 90 ? tilt : undefined,
    primaryAngleDegrees: primary !== undefined && Math.abs(primary) <= 180 ? primary : undefined,
    secondaryAngleDegrees: secondary !== undefined && Math.abs(secondary) <= 180 ? secondary : undefined,
    kernel: short(text(dataSet, 'x00181210') || (group('x00189314', (scope) => text(scope, 'x00181210')) ?? '')),
    contrast: short(text(dataSet, 'x00180010')),
    repetitionTimeMs: possible(firstDecimal(dataSet, 'x00180080') ?? group('x00189112', decimal('x00180080'))),
    echoTimeMs: possible(firstDecimal(dataSet, 'x00180081') ?? group('x00189114', float('x00189082'))),
    inversionTimeMs: possible(firstDecimal(dataSet, 'x00180082') ?? group('x00189115', float('x00189079'))),
    flipAngleDegrees: possible(firstDecimal(dataSet, 'x00181314') ?? group('x00189112', decimal('x00181314'))),
    compressionN: possible(firstDecimal(dataSet, 'x001811a2')),
    compressedMm: string(dataSet, 'x00080060') === 'MG' ? possible(firstDecimal(dataSet, 'x001811a0')) : undefined,
    exposureIndex: possible(firstDecimal(dataSet, 'x00181411')),
    deviationIndex: deviation !== undefined && Math.abs(deviation) < 100 ? deviation : undefined,
    tracer: tracer && short(text(tracer, 'x00180031') || codeMeaning(tracer, 'x00540304', text)),
    injectedMBq: tracer && possible(injectedMBq(dataSet, tracer)),
  }
  const known = Object.entries(said).filter(([, value]) => value !== undefined)
  return known.length > 0 ? { technique: Object.fromEntries(known) as Technique } : {}
}

/** In Bq of PET (PS3.3 C.8.9.2), in MBq of NM (C.8.4.10); what cannot be in its unit is not told. */
function injectedMBq(dataSet: DataSet, tracer: DataSet): number | undefined {
  const dose = firstDecimal(tracer, 'x00181074')
  if (dose === undefined) return undefined
  if (string(dataSet, 'x00080060') === 'PT') return dose >= 1e4 && dose <= 1e11 ? dose / 1e6 : undefined
  return dose < 1e5 ? dose : undefined
}

function codeMeaning(scope: DataSet, tag: string, text: Text): string {
  const [code] = items(scope, tag)
  return code ? text(code, 'CodeMeaning') : ''
}

/** Out of functional groups (PS3.3 C.7.6.16): what is shared, or the same in every frame. What differs is of no image alone. */
function groupReader(dataSet: DataSet) {
  const [shared] = items(dataSet, 'x52009229')
  const each = items(dataSet, 'x52009230')
  return <Value>(sequence: string, read: Read<Value>): Value | undefined => {
    const within = (group: DataSet | undefined) => {
      const [item] = group ? items(group, sequence) : []
      return item && read(item)
    }
    const ofAll = within(shared)
    if (ofAll !== undefined) return ofAll
    const first = within(each[0])
    return first !== undefined && each.every((group) => within(group) === first) ? first : undefined
  }
}
