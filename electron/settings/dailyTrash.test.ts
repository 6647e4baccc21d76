import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { newUID } from '#shared/dicom/uid.ts'

function change(dataFolder: string, sql: string): void {
  const db = new Database(databasePath(dataFolder))
  db.exec(sql)
  db.close()
}

test('a trash that cannot be emptied is a sentence, and the workstation starts all the same', {
  timeout: 240_000,
}, async () => {
  const before = await openTestWorkstation('HERE')
  const { dataFolder } = before
  const bytes = writePart10({ dataSet: ctDataSet(newUID()) })
  const { studyIds } = await before.ended((await before.importFiles([{ name: 'a.dcm', bytes }])).transferId)
  await before.archive.writer.trashStudies(studyIds)
  expect(before.trash.problem()).toBe('')
  await before.stop(true)
  change(
    dataFolder,
    `UPDATE instances SET trashed_at = 1000;
     CREATE TRIGGER stays BEFORE DELETE ON instances BEGIN SELECT RAISE(ABORT, 'the disk fails'); END`,
  )
  const here = await openTestWorkstation('HERE', dataFolder)
  expect(here.trash.problem()).toMatch(/^The trash was not emptied \(SQLITE_\w+\)\. It is tried again every hour/)
  expect((await here.archive.reader.totals()).trashedInstances).toBe(1)
  await here.stop(true)
  change(dataFolder, 'DROP TRIGGER stays')
  const after = await openTestWorkstation('HERE', dataFolder)
  expect(after.trash.problem()).toBe('')
  expect((await after.archive.reader.totals()).trashedInstances).toBe(0)
  await after.stop()
})
