import { type Connection, prepare } from './database.ts'

interface Numbers {
  instanceId: number
  studyId: number
}

/** An image that has other numbers in the index that was made anew. */
export interface Renumbered {
  was: Numbers
  now: Numbers
}

/**
 * What was brought over from an index that was lost names images and studies by the numbers that they had there. `images`:
 * in the order of both. Within the caller's transaction.
 */
export function renumber(db: Connection, images: readonly Renumbered[]): void {
  const studies = new Map(images.map(({ was, now }) => [was.studyId, now.studyId]))
  renumberProgress(db, images, studies)
  renumberTransfers(db, studies)
  renumberCallers(db, studies)
}

/** A rule has looked up to the last image of those that it had looked up to. What it had not seen, it still will. */
function renumberProgress(db: Connection, images: readonly Renumbered[], studies: ReadonlyMap<number, number>): void {
  const rows = prepare<{ ruleId: number; studyId: number; through: number }>(
    db,
    'SELECT rule_id AS ruleId, study_id AS studyId, through_instance_id AS through FROM rule_progress',
  ).all()
  prepare(db, 'DELETE FROM rule_progress').run()
  const put = prepare(
    db,
    `INSERT INTO rule_progress (rule_id, study_id, through_instance_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET through_instance_id = max(through_instance_id, excluded.through_instance_id)`,
  )
  for (const { ruleId, studyId, through } of rows) {
    const study = studyId === 0 ? 0 : studies.get(studyId)
    // below zero: requests, which keep their numbers
    if (studyId < 0) put.run(ruleId, studyId, through)
    if (studyId < 0 || study === undefined) continue
    put.run(ruleId, study, lastUpTo(images, through))
  }
}

function lastUpTo(images: readonly Renumbered[], instanceId: number): number {
  let [low, high] = [0, images.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((images[middle]?.was.instanceId ?? 0) <= instanceId) low = middle + 1
    else high = middle
  }
  return images[low - 1]?.now.instanceId ?? 0
}

/** Which study a caller sent last. */
function renumberCallers(db: Connection, studies: ReadonlyMap<number, number>): void {
  const rows = prepare<{ aeTitle: string; address: string; day: number; studyId: number }>(
    db,
    `SELECT ae_title AS aeTitle, address, day, last_study_id AS studyId FROM caller_days
     WHERE last_study_id IS NOT NULL`,
  ).all()
  const save = prepare(db, 'UPDATE caller_days SET last_study_id = ? WHERE ae_title = ? AND address = ? AND day = ?')
  for (const { aeTitle, address, day, studyId } of rows) save.run(studies.get(studyId) ?? null, aeTitle, address, day)
}

function renumberTransfers(db: Connection, studies: ReadonlyMap<number, number>): void {
  const rows = prepare<{ id: string; transfer: string }>(
    db,
    "SELECT transfer_id AS id, transfer FROM transfers WHERE transfer ->> '$.studyIds' <> '[]'",
  ).all()
  const save = prepare(
    db,
    "UPDATE transfers SET transfer = json_set(transfer, '$.studyIds', json(?)) WHERE transfer_id = ?",
  )
  for (const { id, transfer } of rows) save.run(JSON.stringify(newIds(transfer, studies)), id)
  prepare(db, 'DELETE FROM sent_studies').run()
  prepare(
    db,
    `INSERT OR IGNORE INTO sent_studies (study_id, transfer_id)
     SELECT value, transfer_id FROM transfers, json_each(transfer, '$.studyIds') WHERE kind = 'send'`,
  ).run()
}

function newIds(transfer: string, studies: ReadonlyMap<number, number>): number[] {
  const { studyIds = [] } = JSON.parse(transfer) as { studyIds?: number[] }
  return [...new Set(studyIds.flatMap((studyId) => studies.get(studyId) ?? []))]
}
