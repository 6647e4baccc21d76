import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ctImage, publish, temporaryFolder } from './archiveFixture.ts'
import { InstanceStore } from './instanceStore.ts'
import { type Archive, openArchive } from './openArchive.ts'

let folder: ReturnType<typeof temporaryFolder>
let elsewhere: ReturnType<typeof temporaryFolder>
let archive: Archive
let store: InstanceStore
beforeEach(async () => {
  folder = temporaryFolder()
  elsewhere = temporaryFolder()
  archive = await openArchive(folder.path)
  store = new InstanceStore(archive.storageFolder)
})
afterEach(async () => {
  store.close()
  await archive.close()
  folder.remove()
  elsewhere.remove()
})

const never = () => new AbortController().signal
const fill = async (count: number, bytes = 8) => {
  for (let at = 0; at < count; at += 1)
    await archive.writer.addInstance(
      publish(store, ctImage({ InstanceNumber: String(at), ImageComments: 'x'.repeat(bytes) })),
    )
}
const files = (path: string) =>
  readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.dcm'))
async function move(path: string, signal = never()) {
  const steps: { done: number; total: number }[] = []
  for await (const step of archive.writer.relocate(path, 'move', signal)) steps.push(step)
  return steps
}
async function cancelAfter(copies: number): Promise<void> {
  const abort = new AbortController()
  const cancelled = (async () => {
    for await (const { done } of archive.writer.relocate(elsewhere.path, 'move', abort.signal))
      if (done >= copies) abort.abort()
  })()
  await expect(cancelled).rejects.toThrow()
}
const restart = async () => {
  await archive.close()
  archive = await openArchive(folder.path)
}
/** Every image can be read where the index says it is, with the bytes that were stored. */
async function expectWhole(count: number, inside: string): Promise<void> {
  const studies = (await archive.reader.listStudies({ offset: 0, limit: 200 })).rows
  const located = await archive.reader.locate({ studyIds: studies.map((row) => row.studyId) })
  expect(located).toHaveLength(count)
  for (const { path, bytes } of located) {
    expect(path.startsWith(inside)).toBe(true)
    expect(readFileSync(path).length).toBe(bytes)
  }
}

test('a moved archive is whole in the new folder, and the old one holds no image any more', async () => {
  await fill(150)
  await archive.writer.trashStudies([1])
  await archive.writer.restoreStudies([1])
  const old = archive.storageFolder
  const steps = await move(elsewhere.path)
  expect(steps[0]).toEqual({ done: 0, total: 150 })
  expect(steps.at(-1)).toEqual({ done: 150, total: 150 })
  await expect.poll(() => archive.storageFolder).toBe(elsewhere.path)
  await expectWhole(150, elsewhere.path)
  await expect.poll(() => files(old)).toEqual([])
  expect(files(elsewhere.path)).toHaveLength(150)

  await archive.close()
  archive = await openArchive(folder.path)
  expect(archive.storageFolder).toBe(elsewhere.path)
  await expectWhole(150, elsewhere.path)
  expect(readdirSync(old)).toEqual(['negatoscope-archive.txt'])
})

test('an image that a receiver still publishes in the old folder is brought along', async () => {
  await fill(3)
  await move(elsewhere.path)
  await fill(2)
  await expectWhole(5, elsewhere.path)
  await expect.poll(() => files(join(folder.path, 'storage'))).toEqual([])
})

test('images that arrive during the move are moved too', async () => {
  await fill(200)
  const moving = move(elsewhere.path)
  await fill(60)
  await moving
  await expectWhole(260, elsewhere.path)
})

test('a cancelled move changes nothing; the next one goes on with the copies that were made', async () => {
  await fill(300)
  const old = archive.storageFolder
  await cancelAfter(64)
  expect(archive.storageFolder).toBe(old)
  await expectWhole(300, old)
  const steps = await move(elsewhere.path)
  expect(steps[0]?.done).toBeGreaterThanOrEqual(64)
  await expectWhole(300, elsewhere.path)
})

test('a person’s own files in a folder named tmp are left alone', async () => {
  mkdirSync(join(elsewhere.path, 'tmp'))
  writeFileSync(join(elsewhere.path, 'tmp', 'thesis.txt'), 'mine')
  for await (const _ of archive.writer.relocate(elsewhere.path, 'start-new', never())) expect.fail('nothing to move')
  new InstanceStore(elsewhere.path).begin().write(Buffer.alloc(2_000_000))
  await restart()
  expect(readdirSync(join(elsewhere.path, 'tmp'))).toEqual(['thesis.txt'])
})

test('after a move the next start reads nothing anew, and what was in the trash stays there', async () => {
  await fill(3)
  const trashed = await archive.writer.addInstance(publish(store, ctImage({ StudyInstanceUID: '1.2.3.9' })))
  await archive.writer.trashStudies([trashed.studyId])
  await move(elsewhere.path)
  // would be refused if it was looked at
  const located = await archive.reader.locate({ studyIds: [1] })
  for (const { path, bytes } of located) writeFileSync(path, Buffer.alloc(bytes))
  await restart()
  await expectWhole(3, elsewhere.path)
  expect(await archive.reader.totals()).toMatchObject({ studies: 1, instances: 3, trashedInstances: 1 })
})

test('what is deleted for good while a move is unfinished stays gone, and the copies that were made count after a restart', async () => {
  const gone = await archive.writer.addInstance(publish(store, ctImage({ StudyInstanceUID: '1.2.3.9' })))
  await fill(130)
  await archive.writer.trashStudies([gone.studyId])
  await cancelAfter(64)
  await archive.writer.emptyTrash(-1)
  await restart()
  expect(await archive.reader.totals()).toMatchObject({ instances: 130, trashedInstances: 0 })
  const steps = await move(elsewhere.path)
  expect(steps[0]?.done).toBeGreaterThanOrEqual(63)
  await restart()
  await expectWhole(130, elsewhere.path)
  expect(files(elsewhere.path)).toHaveLength(130)
})

test('an image that is deleted for good after it was copied leaves no copy, in the target of an abandoned move neither', async () => {
  const gone = await archive.writer.addInstance(publish(store, ctImage({ StudyInstanceUID: '1.2.3.9' })))
  await fill(100)
  await cancelAfter(64)
  expect(files(elsewhere.path).length).toBeGreaterThanOrEqual(64)
  await archive.writer.trashStudies([gone.studyId])
  await archive.writer.emptyTrash(-1)
  await restart()
  expect((await archive.reader.totals()).instances).toBe(100)
  // and to another folder instead: no copy stays behind
  const third = temporaryFolder()
  await move(third.path)
  await expectWhole(100, third.path)
  await expect.poll(() => files(elsewhere.path).length).toBeLessThan(64)
  await restart()
  await expectWhole(100, third.path)
  third.remove()
})

test('moved away and straight back, while the old files are still being removed, nothing is lost', async () => {
  await fill(150)
  const old = archive.storageFolder
  await move(elsewhere.path)
  await move(old)
  await restart()
  await expectWhole(150, old)
  await expect.poll(() => files(elsewhere.path)).toEqual([])
}, 120_000)

test('a process killed half-way through a move loses nothing, and the next run finishes it', async () => {
  await fill(600, 3000)
  const old = archive.storageFolder
  await archive.close()
  const script = join(folder.path, 'move.ts')
  writeFileSync(
    script,
    `import { openArchive } from '${new URL('./openArchive.ts', import.meta.url).pathname}'
     const archive = await openArchive(${JSON.stringify(folder.path)})
     for await (const { done } of archive.writer.relocate(${JSON.stringify(elsewhere.path)}, 'move', new AbortController().signal))
       console.log(done)`,
  )
  const mover = spawn(process.execPath, ['--no-memory-protection-keys', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await untilItSays(mover, (done) => done >= 128)
  mover.kill('SIGKILL')
  await new Promise((resolve) => mover.on('exit', resolve))
  archive = await openArchive(folder.path)
  expect(archive.storageFolder).toBe(old)
  await expectWhole(600, old)
  const steps = await move(elsewhere.path)
  expect(steps[0]?.done).toBeGreaterThanOrEqual(64)
  await expectWhole(600, elsewhere.path)
  await restart()
  expect(readdirSync(join(elsewhere.path, 'tmp'))).toEqual([])
}, 120_000)

function untilItSays(child: ChildProcess, wanted: (done: number) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (
        String(text)
          .trim()
          .split('\n')
          .some((line) => wanted(Number(line)))
      )
        resolve()
    })
    child.on('exit', () => reject(new Error('The move ended before it was killed')))
  })
}

test('started anew elsewhere, new images go there and the earlier ones stay listed where they are', async () => {
  await fill(2)
  const old = archive.storageFolder
  for await (const _ of archive.writer.relocate(elsewhere.path, 'start-new', never())) expect.fail('nothing to move')
  await expect.poll(() => archive.storageFolder).toBe(elsewhere.path)
  await expectWhole(2, old)
  store.close()
  store = new InstanceStore(archive.storageFolder)
  await archive.writer.addInstance(publish(store, ctImage({ StudyInstanceUID: '1.2.3.9' })))
  expect(files(elsewhere.path)).toHaveLength(1)
  expect(files(old)).toHaveLength(2)
  expect((await archive.reader.totals()).instances).toBe(3)
  // and back
  for await (const _ of archive.writer.relocate(old, 'start-new', never())) expect.fail('nothing to move')
  await expect.poll(() => archive.storageFolder).toBe(old)
  await move(elsewhere.path)
  await expectWhole(3, elsewhere.path)
})

test('folders that cannot be are refused with a sentence, and nothing happens', async () => {
  await fill(1)
  const file = join(elsewhere.path, 'file')
  writeFileSync(file, '')
  for (const [target, sentence] of [
    ['relative/path', /full path/],
    [archive.storageFolder, /already/],
    [join(archive.storageFolder, 'inside'), /inside another/],
    [file, /cannot be written/],
  ] as const)
    await expect(move(target)).rejects.toThrow(sentence)
  await expectWhole(1, archive.storageFolder)
})

test('an image that cannot be read keeps the move from switching', async () => {
  await fill(2)
  const [first] = await archive.reader.locate({ studyIds: [1] })
  rmSync(first!.path)
  // a directory in its place: reading fails, though something is there
  mkdirSync(first!.path)
  await expect(move(elsewhere.path)).rejects.toMatchObject({ code: 'io' })
  expect(archive.storageFolder).toBe(join(folder.path, 'storage'))
  expect(existsSync(first!.path)).toBe(true)
})

test('while the disk of the archive is away nothing moves, and nothing is lost', async () => {
  await fill(3)
  const old = archive.storageFolder
  renameSync(old, `${old}.disk`)
  mkdirSync(old)
  await expect(move(elsewhere.path)).rejects.toThrow('is not there. Connect its disk')
  rmSync(old, { recursive: true })
  renameSync(`${old}.disk`, old)
  await restart()
  await expectWhole(3, old)
})

test('a disk that goes away during the move stops it; what was not copied is not deleted', async () => {
  await fill(150)
  const old = archive.storageFolder
  const moving = (async () => {
    for await (const { done } of archive.writer.relocate(elsewhere.path, 'move', never()))
      if (done === 64) renameSync(old, `${old}.away`)
  })()
  await expect(moving).rejects.toThrow('is not there')
  rmSync(old, { recursive: true, force: true })
  renameSync(`${old}.away`, old)
  await expectWhole(150, old)
  await move(elsewhere.path)
  await expectWhole(150, elsewhere.path)
})

test('an image whose file is lost does not keep the others from moving, and stays listed where it was', async () => {
  await fill(3)
  const [missing = ''] = files(archive.storageFolder)
  const old = archive.storageFolder
  renameSync(join(old, missing), join(elsewhere.path, 'aside'))
  expect((await move(elsewhere.path)).at(-1)).toEqual({ done: 2, total: 3 })
  expect((await archive.reader.totals()).instances).toBe(3)
  await expect.poll(() => files(old)).toEqual([])
  renameSync(join(elsewhere.path, 'aside'), join(old, missing))
  const rows = (await archive.reader.listStudies({ offset: 0, limit: 9 })).rows
  const located = await archive.reader.locate({ studyIds: rows.map((row) => row.studyId) })
  expect(located.map(({ path }) => existsSync(path))).toEqual([true, true, true])
})

test('what was deleted for good while its disk was away is removed when the disk is back', async () => {
  await fill(1)
  const old = archive.storageFolder
  for await (const _ of archive.writer.relocate(elsewhere.path, 'start-new', never()));
  await archive.writer.trashStudies([1])
  renameSync(old, `${old}.disk`)
  mkdirSync(old)
  await archive.writer.emptyTrash(-1)
  await restart()
  rmSync(old, { recursive: true })
  renameSync(`${old}.disk`, old)
  await restart()
  await expect.poll(() => files(old)).toEqual([])
  expect((await archive.reader.totals()).instances).toBe(0)
})
