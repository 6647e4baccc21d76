import type { Measured } from './measure.ts'

export type Unit = 's' | 'ms' | 'MB' | 'frames'

/** One line of the bench, as `--json` writes it. */
export interface Row {
  name: string
  unit: Unit
  /** Medians; null where it could not be measured. */
  ours: number | null
  peer: number | null
  peerName: string
  oursSpread: [number, number] | null
  peerSpread: [number, number] | null
  /** Which way it divides stands with the target. */
  ratio: number | null
  target: string
  /** True where there is no target; false where it could not be measured. */
  pass: boolean
  /** What it should be beside what it must be; '' where nothing more is wanted. */
  want: string
  wanted: boolean
  /** Why there is no figure, or what a reader must know of it. */
  note: string
}

interface Figures {
  name: string
  unit: Unit
  ours: Measured
  peer?: Measured | undefined
  peerName?: string
  note?: string
}

/** Speed beside a peer: ratio 2 is twice as fast as the peer. Without a target the row only informs. */
export function fasterThanPeer(figures: Figures, atLeast?: number, wanted?: number): Row {
  const reaches = (target: number | undefined) => (row: Row) =>
    target === undefined || (row.ratio !== null && row.ratio >= target)
  return row(figures, {
    divide: (ours, peer) => peer / ours,
    target: atLeast === undefined ? 'none' : `peer/ours >= ${atLeast}`,
    passes: reaches(atLeast),
    want: wanted === undefined ? '' : `>= ${wanted}`,
    isWanted: reaches(wanted ?? atLeast),
  })
}

/** Time beside a bare lower bound: ratio 2 takes twice as long as that. */
export function slowerThanPeer(figures: Figures, atMost: number, wanted?: number): Row {
  const reaches = (target: number) => (row: Row) => row.ratio !== null && row.ratio <= target
  return row(figures, {
    divide: (ours, peer) => ours / peer,
    target: `ours/peer <= ${atMost}`,
    passes: reaches(atMost),
    want: wanted === undefined ? '' : `<= ${wanted}`,
    isWanted: reaches(wanted ?? atMost),
  })
}

/** Must stay under a figure, whatever the peer needs. */
export function within(figures: Figures, atMost: number): Row {
  const passes = ({ ours }: Row) => ours !== null && ours <= atMost
  return row(figures, {
    divide: (ours, peer) => ours / peer,
    target: `ours <= ${atMost} ${figures.unit}`,
    passes,
    want: '',
    isWanted: passes,
  })
}

interface Target {
  divide(ours: number, peer: number): number
  target: string
  passes(row: Row): boolean
  want: string
  isWanted(row: Row): boolean
}

function row({ name, unit, ours, peer, peerName = '', note = '' }: Figures, target: Target): Row {
  const made: Row = {
    name,
    unit,
    ours: ours.median,
    peer: peer?.median ?? null,
    peerName,
    oursSpread: ours.spread,
    peerSpread: peer?.spread ?? null,
    ratio: ours.median === null || !peer?.median ? null : target.divide(ours.median, peer.median),
    target: target.target,
    pass: false,
    want: target.want,
    wanted: false,
    note: [ours.failure, peer?.failure, note].filter(Boolean).join('; '),
  }
  const measured = ours.median !== null && (peer === undefined || peer.median !== null)
  return { ...made, pass: measured && target.passes(made), wanted: measured && target.isWanted(made) }
}

/** For a part of the bench that could not run at all: a peer or the browser is missing. */
export function brokenRow(name: string, reason: string): Row {
  const nothing: Measured = { median: null, spread: null, failure: reason }
  return { ...fasterThanPeer({ name, unit: 's', ours: nothing }), pass: false, wanted: false }
}
