import type { Measured } from './measure.ts'

export type Unit = 's' | 'ms' | 'MB'

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
export function fasterThanPeer(figures: Figures, atLeast?: number): Row {
  return row(
    figures,
    (ours, peer) => peer / ours,
    atLeast === undefined ? 'none' : `peer/ours >= ${atLeast}`,
    ({ ratio }) => atLeast === undefined || (ratio !== null && ratio >= atLeast),
  )
}

/** Time beside a bare lower bound: ratio 2 takes twice as long as that. */
export function slowerThanPeer(figures: Figures, atMost: number): Row {
  return row(
    figures,
    (ours, peer) => ours / peer,
    `ours/peer <= ${atMost}`,
    ({ ratio }) => ratio !== null && ratio <= atMost,
  )
}

/** Must stay under a figure, whatever the peer needs. */
export function within(figures: Figures, atMost: number): Row {
  return row(
    figures,
    (ours, peer) => ours / peer,
    `ours <= ${atMost} ${figures.unit}`,
    ({ ours }) => ours !== null && ours <= atMost,
  )
}

function row(
  { name, unit, ours, peer, peerName = '', note = '' }: Figures,
  divide: (ours: number, peer: number) => number,
  target: string,
  passes: (row: Row) => boolean,
): Row {
  const made: Row = {
    name,
    unit,
    ours: ours.median,
    peer: peer?.median ?? null,
    peerName,
    oursSpread: ours.spread,
    peerSpread: peer?.spread ?? null,
    ratio: ours.median === null || !peer?.median ? null : divide(ours.median, peer.median),
    target,
    pass: false,
    note: [ours.failure, peer?.failure, note].filter(Boolean).join('; '),
  }
  const measured = ours.median !== null && (peer === undefined || peer.median !== null)
  return { ...made, pass: measured && passes(made) }
}

/** For a part of the bench that could not run at all: a peer or the browser is missing. */
export function brokenRow(name: string, reason: string): Row {
  const nothing: Measured = { median: null, spread: null, failure: reason }
  return { ...fasterThanPeer({ name, unit: 's', ours: nothing }), pass: false }
}
