import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { dcmsend, startStorescp } from '../peers/dcmtk.ts'
import { fillOrthanc } from '../peers/fillOrthanc.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { DCMTK, ORTHANC } from '../peers/versions.ts'
import { find } from '../run/debianPackages.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { type Part10File, parsePart10, storedFiles } from '../workstation/storedFiles.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { transferEnd } from '../workstation/transferEnd.ts'
import { byUid, compare, filesIn } from './compareFolders.ts'
import { record } from './pair.ts'
import { testFiles, withoutSharedUids } from './testFiles.ts'

test.skip(!find('storescp'), 'DCMTK is not installed (apt-get install dcmtk)')

interface Sent {
  archive: Map<string, Part10File>
  /** What did not go out, with its note. */
  failed: Map<string, string>
  /** What went out in another way than it is stored, with the note that says so. */
  changed: Map<string, string>
}

/** Fills a workstation with `files` and sends all of it to the peer. */
async function sendAll(folder: string, files: string[], peer: { aeTitle: string; port: number }): Promise<Sent> {
  const dataFolder = join(folder, 'data')
  await using workstation = await startWorkstation({ dataFolder })
  await dcmsend({ aeTitle: workstation.aeTitle, port: workstation.dicomPort }, files)
  using connection = await connect(workstation.url)
  const { ask } = connection
  const serverId = await addServer(ask, { name: 'Peer', ...peer })
  const { rows } = await ask.studies.list({ limit: 1000 })
  const { transferIds } = await ask.transfers.send({
    serverIds: [serverId],
    selection: { studyIds: rows.map((row) => row.studyId) },
  })
  const failed = new Map<string, string>()
  const changed = new Map<string, string>()
  for (const transferId of transferIds) {
    const transfer = await transferEnd(ask, transferId)
    const items = await ask.transfers.items({ transferId })
    for (const item of items) {
      if (item.state === 'failed') failed.set(item.key, item.note)
      else if (item.note !== '') changed.set(item.key, item.note)
    }
    expect(transfer.done + transfer.failed + transfer.warnings, 'every instance is counted').toBe(transfer.total)
    expect(transfer.failed).toBe(failed.size)
  }
  return { archive: byUid(storedFiles(dataFolder)), failed, changed }
}

/**
 * Everything arrives as the archive has it, but for what the peer does not take: that fails and says why, or was
 * decompressed for the peer and says that.
 */
function expectSame({ archive, failed, changed }: Sent, arrived: Map<string, Part10File>): void {
  expect(arrived.size).toBeGreaterThan(archive.size / 2)
  const { missing, otherSyntax, otherBytes } = compare(archive, arrived)
  expect(otherBytes).toEqual([])
  expect(missing.sort()).toEqual([...failed.keys()].sort())
  for (const [uid, note] of failed) expect(note, uid).not.toBe('')
  // storescp +B names the syntax that it finds in group 0002 of a data set, where one strayed in; the bytes are right.
  const isSame = (uid: string) =>
    Buffer.from(archive.get(uid)?.dataSet ?? []).equals(arrived.get(uid)?.dataSet ?? Buffer.of(0))
  const converted = otherSyntax.map((difference) => difference.split(':')[0] ?? '').filter((uid) => !isSame(uid))
  expect(converted.filter((uid) => !changed.has(uid))).toEqual([])
}

test('what storescp gets from us is what the archive holds', async () => {
  using folder = temporaryFolder()
  const [files = []] = await withoutSharedUids(testFiles(folder.path))
  const written = join(folder.path, 'storescp')
  await using peer = await startStorescp({ folder: written })
  const sent = await sendAll(folder.path, files, peer)
  expectSame(sent, byUid(filesIn(written)))
  wasSent(`${DCMTK} storescp`, sent)
})

test('what Orthanc gets from us is what the archive holds', async () => {
  test.skip(!find('Orthanc'), 'Orthanc is not installed (apt-get install orthanc)')
  using folder = temporaryFolder()
  const [files = []] = await withoutSharedUids(testFiles(folder.path))
  const { orthanc: trial, leftOut } = await fillOrthanc(join(folder.path, 'trial'), files)
  await trial.killAll()
  await using orthanc = await startOrthanc(join(folder.path, 'orthanc'))
  const fit = files.filter((file) => !leftOut.includes(file))
  const sent = await sendAll(folder.path, fit, orthanc)
  const arrived = new Map<string, Part10File>()
  for (const id of (await orthanc.rest('GET', '/instances')) as string[]) {
    const file = parsePart10(await orthanc.file(id))
    arrived.set(file.sopInstanceUID, file)
  }
  expectSame(sent, arrived)
  wasSent(ORTHANC, sent)
})

function wasSent(peer: string, { archive, failed, changed }: Sent): void {
  const refused = failed.size === 0 ? '' : `, ${failed.size} not taken with the reason shown`
  const converted = changed.size === 0 ? '' : `, ${changed.size} of them decompressed for it and marked so`
  const evidence = `${archive.size - failed.size} of ${archive.size} instances, data sets as archived${converted}${refused}`
  record({ peer, service: 'Storage', direction: 'we call' }, 'works', evidence)
}
