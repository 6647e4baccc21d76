import { inflateRawSync } from 'node:zlib'
import type {
  AssociationDetails,
  AssociationDirection,
  AssociationKind,
  AssociationRow,
  AssociationState,
} from '#shared/contract/associations.ts'
import { type Connection, prepare } from './database.ts'

export interface KeptAssociation extends AssociationRow {
  /** JSON, deflated where nobody waits for it: `AssociationDetails`. */
  details: Uint8Array
}

export interface AssociationPage {
  kind: AssociationKind
  /** Who called us, unless said otherwise. */
  direction?: AssociationDirection
  /** Looked for in AE titles, address and sentence. */
  text?: string
  before: { startedAt: number; associationId: string } | null
  limit: number
}

/** What is kept of the log; whichever is less. */
export interface Retention {
  rows: number
  since: number
}

/** One call takes so few away that nobody waits for it. */
const PRUNED_AT_ONCE = 500
/** No details that we write are longer; what claims to be is not ours. */
const DETAILS_MAX = 4 * 1024 * 1024

/** Writes are within the caller's transaction. */
export function associationLog(db: Connection) {
  const save = prepare(
    db,
    `INSERT INTO associations (association_id, started_at, state, ended_at, entry, details) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (association_id) DO UPDATE
     SET state = excluded.state, ended_at = excluded.ended_at, entry = excluded.entry, details = excluded.details`,
  )
  const interrupt = prepare(db, `UPDATE associations SET state = 'interrupted', ended_at = ? WHERE state = 'open'`)
  const removeOld = prepare(
    db,
    `DELETE FROM associations WHERE association_id IN
     (SELECT association_id FROM associations WHERE started_at < ? AND state <> 'open' ORDER BY started_at LIMIT ?)`,
  )
  const removeOldest = prepare(
    db,
    `DELETE FROM associations WHERE association_id IN
     (SELECT association_id FROM associations WHERE state <> 'open' ORDER BY started_at LIMIT ?)`,
  )
  const count = prepare<{ rows: number }>(db, 'SELECT count(*) AS rows FROM associations')
  return {
    save(rows: readonly KeptAssociation[], retention: Retention | undefined): void {
      for (const { associationId, startedAt, state, endedAt, details, ...entry } of rows) {
        save.run(associationId, Math.trunc(startedAt), state, endedAt, JSON.stringify(entry), details)
      }
      if (!retention) return
      removeOld.run(retention.since, PRUNED_AT_ONCE)
      const excess = (count.get()?.rows ?? 0) - retention.rows
      if (excess > 0) removeOldest.run(Math.min(excess, PRUNED_AT_ONCE))
    },
    /** What was open when the program ended is not open any more. */
    interrupt(at: number): void {
      interrupt.run(Math.trunc(at))
    },
  }
}

interface Found {
  associationId: string
  startedAt: number
  state: AssociationState
  endedAt: number | null
  entry: string
}

export function associationHistory(db: Connection) {
  const pages = {
    all: page(db, ''),
    accepted: page(db, `state <> 'refused' AND`),
    refused: page(db, `state = 'refused' AND`),
  }
  const details = prepare<{ details: Uint8Array }>(db, 'SELECT details FROM associations WHERE association_id = ?')
  return {
    list({ kind, direction = 'in', text = '', before, limit }: AssociationPage): AssociationRow[] {
      const { startedAt, associationId } = before ?? { startedAt: Number.MAX_SAFE_INTEGER, associationId: '' }
      return pages[kind]
        .all(Math.trunc(startedAt), associationId, direction, direction, text.toLowerCase(), limit)
        .map(({ entry, ...columns }) => rowOf(entry, columns))
    },
    details(associationId: string): AssociationDetails | undefined {
      const found = details.get(associationId)
      if (!found) return undefined
      const json = inflateRawSync(found.details, { maxOutputLength: DETAILS_MAX }).toString()
      // What an older version wrote had no steps.
      return { steps: [], ...(JSON.parse(json) as Omit<AssociationDetails, 'steps'> & Partial<AssociationDetails>) }
    },
  }
}

/** What an older version wrote had no direction: it knew only who called us. */
function rowOf(entry: string, columns: Omit<Found, 'entry'>): AssociationRow {
  const rest = JSON.parse(entry) as Omit<AssociationRow, keyof Found | 'direction'> & Partial<AssociationRow>
  return { direction: 'in', ...rest, ...columns }
}

const TEXT = ['callingAETitle', 'calledAETitle', 'address', 'sentence'].map(
  (name) => `json_extract(entry, '$.${name}')`,
)

function page(db: Connection, where: string) {
  return prepare<Found>(
    db,
    `SELECT association_id AS associationId, started_at AS startedAt, state, ended_at AS endedAt, entry
     FROM associations WHERE ${where} (started_at, association_id) < (?, ?)
       AND (? = 'all' OR coalesce(json_extract(entry, '$.direction'), 'in') = ?)
       AND instr(lower(${TEXT.join(` || char(10) || `)}), ?) > 0
     ORDER BY started_at DESC, association_id DESC LIMIT ?`,
  )
}
