import { ArchiveOpenError } from './archiveOpenError.ts'
import type { Connection } from './database.ts'
import { sql as anArchiveHoldsPatientsStudiesSeriesAndInstances } from './migrations/0001-an-archive-holds-patients-studies-series-and-instances.ts'
import { sql as storageIsCommittedInBothDirections } from './migrations/0003-storage-is-committed-in-both-directions.ts'
import { sql as measurementsStayWithTheirImages } from './migrations/0004-measurements-stay-with-their-images.ts'
import { sql as studiesAreFoundByPartsOfNames } from './migrations/0005-studies-are-found-by-parts-of-names.ts'
import { sql as objectsUnderAKnownUidAreKeptApart } from './migrations/0006-objects-under-a-known-uid-are-kept-apart.ts'
import { sql as associationsAreLogged } from './migrations/0007-associations-are-logged.ts'
import { sql as callersAreCountedByDay } from './migrations/0008-callers-are-counted-by-day.ts'
import { sql as transfersAreAQueueWithAHistory } from './migrations/0009-transfers-are-a-queue-with-a-history.ts'
import { sql as requestsAreScheduledAndPerformed } from './migrations/0010-requests-are-scheduled-and-performed.ts'
import { sql as sendersOfContentsAreRemembered } from './migrations/0011-senders-of-contents-are-remembered.ts'
import { sql as commitmentRequestsAreCounted } from './migrations/0012-commitment-requests-are-counted.ts'
import { sql as whatArrivesIsForwardedByRules } from './migrations/0013-what-arrives-is-forwarded-by-rules.ts'
import { sql as itIsKnownHowManyImagesAStudyShouldHave } from './migrations/0014-it-is-known-how-many-images-a-study-should-have.ts'
import { sql as studiesAreFoundByPatientIdsAsTheyAreTyped } from './migrations/0015-studies-are-found-by-patient-ids-as-they-are-typed.ts'

interface Migration {
  name: string
  sql: string
}

/** In order; one that was released is never edited. */
const migrations: Migration[] = [
  {
    name: '0001-an-archive-holds-patients-studies-series-and-instances',
    sql: anArchiveHoldsPatientsStudiesSeriesAndInstances,
  },
  { name: '0003-storage-is-committed-in-both-directions', sql: storageIsCommittedInBothDirections },
  { name: '0004-measurements-stay-with-their-images', sql: measurementsStayWithTheirImages },
  { name: '0005-studies-are-found-by-parts-of-names', sql: studiesAreFoundByPartsOfNames },
  { name: '0006-objects-under-a-known-uid-are-kept-apart', sql: objectsUnderAKnownUidAreKeptApart },
  { name: '0007-associations-are-logged', sql: associationsAreLogged },
  { name: '0008-callers-are-counted-by-day', sql: callersAreCountedByDay },
  { name: '0009-transfers-are-a-queue-with-a-history', sql: transfersAreAQueueWithAHistory },
  { name: '0010-requests-are-scheduled-and-performed', sql: requestsAreScheduledAndPerformed },
  { name: '0011-senders-of-contents-are-remembered', sql: sendersOfContentsAreRemembered },
  { name: '0012-commitment-requests-are-counted', sql: commitmentRequestsAreCounted },
  { name: '0013-what-arrives-is-forwarded-by-rules', sql: whatArrivesIsForwardedByRules },
  {
    name: '0014-it-is-known-how-many-images-a-study-should-have',
    sql: itIsKnownHowManyImagesAStudyShouldHave,
  },
  {
    name: '0015-studies-are-found-by-patient-ids-as-they-are-typed',
    sql: studiesAreFoundByPatientIdsAsTheyAreTyped,
  },
]

/** Brings the database to this version, each step in its own transaction. Refuses one of a later version. */
export function migrate(db: Connection, steps: Migration[] = migrations): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  const applied = db.prepare('SELECT number, name FROM migrations ORDER BY number').all() as {
    number: number
    name: string
  }[]
  for (const { number, name } of applied) {
    if (steps[number - 1]?.name !== name)
      throw new ArchiveOpenError(
        'LATER_VERSION',
        'The archive was made by a later version of Negatoscope. Install that version to open it.',
      )
  }
  const record = db.prepare('INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)')
  for (const [at, step] of steps.entries()) {
    if (at < applied.length) continue
    db.transaction(() => {
      db.exec(step.sql)
      record.run(at + 1, step.name, Date.now())
    })()
  }
}
