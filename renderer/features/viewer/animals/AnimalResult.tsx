import { Check, TriangleAlert } from 'lucide-react'
import { type HeartScoreRange, rangesFor, verdict } from '#shared/imaging/animalRanges.ts'
import type { MeasuredValue } from '#shared/imaging/measuredValue.ts'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { type Measurement, useMeasurements } from '../../../viewer/measurements.ts'
import { tiles } from '../../../viewer/session.ts'
import css from './Animals.module.css'
import { Trend } from './Trend.tsx'

/** The measure of an animal that is chosen, beside what is usual, with its source and what it was before. */
export function AnimalResult() {
  const item = useMeasurements(({ items, selected }) => items.find(({ id }) => id === selected))
  if (!item) return null
  const { measured } = item
  if (measured.kind === 'heartScore') return <HeartScoreResult item={item} measured={measured} />
  if (measured.kind === 'norberg') return <NorbergResult measured={measured} item={item} />
  return measured.kind === 'plateau' ? <PlateauResult measured={measured} item={item} /> : null
}

type Of<Kind extends MeasuredValue['kind']> = Extract<MeasuredValue, { kind: Kind }>

const studyOf = (item: Measurement) =>
  tiles.find(({ state }) => state.source?.series.seriesId === item.seriesId)?.state.source?.study

function HeartScoreResult({ item, measured }: { item: Measurement; measured: Of<'heartScore'> }) {
  const all = useViewerPreferences()?.heartScores ?? []
  const study = studyOf(item)
  const ranges = study ? rangesFor(all, study) : []
  const view = notLateral(item)
  return (
    <section className={css.result} aria-label="Vertebral heart score">
      <b>Vertebral heart score</b>
      <p className={css.number}>
        {measured.score.toFixed(1)} <small>v</small>
      </p>
      {view && (
        <p className={css.verdict} data-verdict="above">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
          The ranges are those of lateral views; this image is {view}.
        </p>
      )}
      {ranges.map((range) => (
        <Range key={range.rangeId} range={range} score={measured.score} />
      ))}
      {ranges.length === 0 && (
        <p className={css.source}>
          {study?.species
            ? `No range is set up for “${study.species}”. Settings, Viewer.`
            : 'The file does not say which species this is: no range is told.'}
        </p>
      )}
      <Trend item={item} />
    </section>
  )
}

/** The view of its image, where that is not one from the side. */
function notLateral(item: Measurement): string {
  const stacks = tiles.flatMap(({ state }) => state.stack)
  const view = stacks.find(({ instanceId }) => instanceId === item.instanceId)?.image.viewPosition.trim() ?? ''
  return /^(VD|DV|AP|PA)$/i.test(view) ? view.toUpperCase() : ''
}

const low = ({ mean, deviation }: HeartScoreRange) => mean - deviation
const high = ({ mean, deviation }: HeartScoreRange) => mean + deviation
const words = { below: 'Below', within: 'Within', above: 'Above' } as const

function Range({ range, score }: { range: HeartScoreRange; score: number }) {
  const said = verdict(score, range)
  const name = range.breed ? capital(range.breed.split(',')[0] ?? '') : `All ${plural(range.species)}`
  // From 7 to 14 vertebrae, as long as the bar is.
  const place = (value: number) => `${Math.min(100, Math.max(0, ((value - 6) / 9) * 100))}%`
  const Icon = said === 'within' ? Check : TriangleAlert
  return (
    <>
      <div className={css.range}>
        <span>{name}</span>
        <span>
          {low(range).toFixed(1)} to {high(range).toFixed(1)}
        </span>
      </div>
      <div className={css.bar} aria-hidden="true">
        <i />
        <i style={{ left: place(low(range)), width: `${((high(range) - low(range)) / 9) * 100}%` }} />
        <b style={{ left: place(score) }} />
      </div>
      <p className={css.verdict} data-verdict={said}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        {words[said]} the range ({range.mean.toFixed(1)} ± {range.deviation.toFixed(1)} v)
      </p>
      <p className={css.source}>{range.source}</p>
    </>
  )
}

const NORMAL_NORBERG = 105

function NorbergResult({ item, measured: { first, second } }: { item: Measurement; measured: Of<'norberg'> }) {
  const low = Math.round(Math.min(first, second) * 10) / 10 < NORMAL_NORBERG
  const Icon = low ? TriangleAlert : Check
  return (
    <section className={css.result} aria-label="Norberg angle">
      <b>Norberg angle</b>
      <p className={css.number}>
        {first.toFixed(1)}° <small>first hip,</small> {second.toFixed(1)}° <small>other hip</small>
      </p>
      <p className={css.verdict} data-verdict={low ? 'below' : 'within'}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        {low ? `Below ${NORMAL_NORBERG}° on one side at least` : `${NORMAL_NORBERG}° or more on both sides`}
      </p>
      <p className={css.source}>
        Dogs, stretched ventrodorsal view: {NORMAL_NORBERG}° and more (Olsson 1961, FCI). The angle alone does not tell
        a sound hip from a dysplastic one.
      </p>
      <Trend item={item} />
    </section>
  )
}

function PlateauResult({ item, measured }: { item: Measurement; measured: Of<'plateau'> }) {
  return (
    <section className={css.result} aria-label="Tibial plateau angle">
      <b>Tibial plateau angle</b>
      <p className={css.number}>{measured.degrees.toFixed(1)}°</p>
      <p className={css.source}>
        Labradors with a sound cruciate ligament 23.6 ± 3.5° (Reif and Probst 2003). Method of Slocum: lateral view,
        stifle and hock at a right angle, condyles on each other.
      </p>
      <Trend item={item} />
    </section>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const plural = (species: string) => (species.endsWith('s') || species === 'cattle' ? species : `${species}s`)
