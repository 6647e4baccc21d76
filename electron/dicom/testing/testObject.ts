import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { InstanceToSend } from '../nodeApi.ts'

/** A small CT image of random pixels; `more` replaces or adds attributes. */
export function ctDataSet(sopInstanceUID: string, more: DataSet = {}): DataSet {
  const size = 32
  return {
    SOPClassUID: CT_IMAGE,
    SOPInstanceUID: sopInstanceUID,
    StudyInstanceUID: '1.2.826.0.1.3680043.2.1.1',
    SeriesInstanceUID: '1.2.826.0.1.3680043.2.1.2',
    Modality: 'CT',
    PatientName: 'Test^Wire',
    PatientID: 'W1',
    Rows: size,
    Columns: size,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: new Uint8Array(randomBytes(size * size * 2)),
    ...more,
  }
}

export interface TestObject {
  sopClassUID: string
  sopInstanceUID: string
  dataSet: Buffer
}

export function ctObject(more: DataSet = {}, transferSyntaxUID = EXPLICIT_VR_LITTLE_ENDIAN): TestObject {
  const sopInstanceUID = newUID()
  const dataSet = Buffer.from(encodeDataSet(ctDataSet(sopInstanceUID, more), transferSyntaxUID))
  return { sopClassUID: CT_IMAGE, sopInstanceUID, dataSet }
}

export function storeRequest({ sopClassUID, sopInstanceUID }: TestObject, messageID = 1): CommandSet {
  return {
    commandField: commandField.cStoreRequest,
    hasDataSet: true,
    affectedSOPClassUID: sopClassUID,
    affectedSOPInstanceUID: sopInstanceUID,
    messageID,
    priority: 0,
  }
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A file as the archive would name it to the sender. */
export function storedFile(instanceId: number, more: DataSet = {}, transferSyntaxUID = EXPLICIT_VR_LITTLE_ENDIAN) {
  const sopInstanceUID = newUID()
  const bytes = writePart10({ transferSyntaxUID, dataSet: ctDataSet(sopInstanceUID, more) })
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-send-'))
  folders.push(folder)
  const path = join(folder, 'object.dcm')
  writeFileSync(path, bytes)
  const sopClassUID = typeof more.SOPClassUID === 'string' ? more.SOPClassUID : CT_IMAGE
  return {
    instanceId,
    sopClassUID,
    sopInstanceUID,
    transferSyntaxUID,
    path,
    bytes: bytes.length,
  } satisfies InstanceToSend
}
