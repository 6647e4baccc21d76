import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { openPixels } from './openPixels.ts'

/** A grey image of 4 by 3 pixels unless `differs` says otherwise. */
export function imageDataSet(differs: DataSet): DataSet {
  return {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
    SOPInstanceUID: '2.25.77',
    Modality: 'OT',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: 3,
    Columns: 4,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    ...differs,
  }
}

export interface Answer {
  index: number
  samples?: Uint8Array
  sentence?: string
}

export async function answers(stream: ReadableStream<Uint8Array>): Promise<Answer[]> {
  const found: Answer[] = []
  for await (const chunk of stream) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, 16)
    if (view.getUint32(0, true) !== 0x4d52464e) throw new Error('not a frame')
    const payload = chunk.slice(16, 16 + view.getUint32(12, true))
    const index = view.getUint32(4, true)
    found.push(
      view.getUint32(8, true) === 0
        ? { index, samples: payload }
        : { index, sentence: new TextDecoder().decode(payload) },
    )
  }
  return found
}

/** A folder of files, numbered from 1, in front of a real data plane. */
export function openFixture() {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-pixels-'))
  const stored: StoredInstance[] = []
  let reads = 0
  const pixels = openPixels({
    locate: async (instanceIds) => {
      reads += instanceIds.length
      return stored.filter(({ instanceId }) => instanceIds.includes(instanceId))
    },
    workers: 1,
  })
  const addFile = (bytes: Uint8Array): StoredInstance => {
    const instanceId = stored.length + 1
    const path = join(folder, `${instanceId}`)
    writeFileSync(path, bytes)
    const names = {
      studyInstanceUID: '',
      seriesInstanceUID: '',
      sopClassUID: '',
      sopInstanceUID: '',
      transferSyntaxUID: '',
    }
    const instance = { instanceId, seriesId: 1, studyId: 1, path, bytes: statSync(path).size, ...names }
    stored.push(instance)
    return instance
  }
  const add = (differs: DataSet, transferSyntaxUID = EXPLICIT_VR_LITTLE_ENDIAN) =>
    addFile(writePart10({ transferSyntaxUID, dataSet: imageDataSet(differs) }))
  return {
    pixels,
    add,
    addFile,
    located: () => reads,
    /** The frames of a new file. */
    async show(differs: DataSet, transferSyntaxUID?: string, frames = 1): Promise<Answer[]> {
      const { instanceId } = add(differs, transferSyntaxUID)
      const wanted = Array.from({ length: frames }, (_, frame) => ({ instanceId, frame }))
      return answers(pixels.frames({ frames: wanted }))
    },
    async close() {
      await pixels.close()
      rmSync(folder, { recursive: true })
    },
  }
}
