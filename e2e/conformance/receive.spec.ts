import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { dcmsend, type MoveDestination, startStorescp, storescu } from '../peers/dcmtk.ts'
import { fillOrthanc } from '../peers/fillOrthanc.ts'
import { DCMTK, ORTHANC } from '../peers/versions.ts'
import { find } from '../run/debianPackages.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { isPart10, type Part10File, storedFiles } from '../workstation/storedFiles.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { byUid, compare, filesIn, noDifference } from './compareFolders.ts'
import { record } from './pair.ts'
import { testFiles, withoutSharedUids } from './testFiles.ts'

test.skip(!find('storescp'), 'DCMTK is not installed (apt-get install dcmtk)')

type Send = (to: MoveDestination) => Promise<unknown>

/**
 * The same sender to storescp and to us: what storescp wrote must be here, bit by bit. Returns how much it was. Where we
 * take the syntax of the file itself and storescp does not, the sender converts for storescp and not for us.
 */
async function sendToBoth(folder: string, send: Send, stored = new Map<string, Part10File>()): Promise<number> {
  const written = join(folder, 'storescp')
  const dataFolder = join(folder, 'data')
  await using peer = await startStorescp({ folder: written })
  await using workstation = await startWorkstation({ dataFolder })
  await send(peer)
  await send({ aeTitle: workstation.aeTitle, port: workstation.dicomPort })
  const reference = byUid(filesIn(written))
  const ours = byUid(storedFiles(dataFolder))
  for (const uid of reference.keys()) {
    const isAsStored = ours.get(uid)?.transferSyntaxUID === stored.get(uid)?.transferSyntaxUID
    if (isAsStored && ours.get(uid)?.transferSyntaxUID !== reference.get(uid)?.transferSyntaxUID) reference.delete(uid)
  }
  expect(compare(reference, ours)).toEqual(noDifference)
  return reference.size
}

test('what dcmsend sends arrives bit by bit as storescp +B writes it', async () => {
  using folder = temporaryFolder()
  const rounds = await withoutSharedUids(testFiles(folder.path))
  let received = 0
  for (const [index, files] of rounds.entries()) {
    await test.step(`round ${index + 1}: ${files.length} files`, async () => {
      received += await sendToBoth(
        join(folder.path, String(index)),
        (to) => dcmsend(to, files),
        byUid(files.filter(isPart10)),
      )
    })
  }
  expect(received).toBeGreaterThan(rounds.flat().length / 2)
  arrived(`${DCMTK} dcmsend`, received, rounds.flat().length)
})

test('what storescu sends arrives bit by bit as storescp +B writes it', async () => {
  using folder = temporaryFolder()
  const [files = []] = await withoutSharedUids(testFiles(folder.path))
  const received = await sendToBoth(folder.path, (to) => storescu(to, files))
  expect(received).toBeGreaterThan(0)
  arrived(`${DCMTK} storescu`, received, files.length)
})

test('what Orthanc sends arrives bit by bit as storescp +B writes it', async () => {
  test.skip(!find('Orthanc'), 'Orthanc is not installed (apt-get install orthanc)')
  using folder = temporaryFolder()
  const rounds = await withoutSharedUids(testFiles(folder.path))
  let received = 0
  for (const [index, files] of rounds.entries()) {
    await test.step(`round ${index + 1}: ${files.length} files`, async () => {
      const round = join(folder.path, String(index))
      const { orthanc, ids } = await fillOrthanc(join(round, 'orthanc'), files)
      await using _ = orthanc
      received += await sendToBoth(round, async (to) => {
        await orthanc.introduce(to)
        const order = JSON.stringify({ Resources: ids, Synchronous: true, Permissive: true })
        await orthanc.rest('POST', `/modalities/${to.aeTitle}/store`, order)
      })
    })
  }
  expect(received).toBeGreaterThan(rounds.flat().length / 2)
  arrived(ORTHANC, received, rounds.flat().length)
})

function arrived(peer: string, received: number, of: number): void {
  const evidence = `${received} of ${of} files that it can send, data sets equal bit by bit to what storescp +B writes`
  record({ peer, service: 'Storage', direction: 'it calls' }, 'works', evidence)
}
