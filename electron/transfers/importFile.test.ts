import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { InstanceStore } from '#electron/archive/instanceStore.ts'
import { storedFiles } from '#electron/archive/storedFiles.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { JPEG_2000_LOSSLESS } from '#shared/dicom/transferSyntax.ts'
import { ImportFile, type ImportRules } from './importFile.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: InstanceStore
beforeEach(() => {
  folder = temporaryFolder()
  store = new InstanceStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const added = { outcome: 'stored' as const, instanceId: 1, seriesId: 1, studyId: 1 }
const index = async () => added

const compressed = writePart10({
  dataSet: { ...ctDataSet('1.2.3.1'), PixelData: { fragments: [new Uint8Array(5000)] } },
  transferSyntaxUID: JPEG_2000_LOSSLESS,
})

async function read(bytes: Uint8Array, rules: ImportRules, addInstance = index) {
  const file = new ImportFile(store, { addInstance }, 'image.dcm', rules)
  file.write(bytes)
  const { outcome, note } = await file.finish({ kind: 'retrieve', callingAETitle: '', address: '', at: 0 })
  return { outcome, note, kept: [...storedFiles(folder.path)].length }
}

test('of compressed pixels a part is not taken for the whole where the whole can be asked for again', async () => {
  const part = compressed.subarray(0, compressed.length - 2000)
  expect(await read(compressed, { isCopy: true })).toMatchObject({ outcome: 'stored', kept: 1 })
  expect(await read(part, { isCopy: true })).toEqual({
    outcome: 'rejected',
    note: 'The compressed image data is incomplete.',
    kept: 1,
  })
  expect(await read(part, {}), 'nobody has more of a file that is imported').toMatchObject({
    outcome: 'stored',
    kept: 2,
  })
})

test('what the index does not take leaves no file behind', async () => {
  const fails = () => Promise.reject(Object.assign(new Error('full'), { code: 'no-space' }))
  expect(await read(compressed, {}, fails)).toMatchObject({ outcome: 'rejected', kept: 0 })
})
