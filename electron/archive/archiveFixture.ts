import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { encodeDataSet, writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import type { InstanceSource, NewInstance } from './archiveApi.ts'
import { indexInstance } from './ingest.ts'
import type { InstanceStore } from './instanceStore.ts'

/** For tests: folders that go away, objects, and their way into an archive as a receiver would take it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'negatoscope-archive-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function ctImage(values: DataSet = {}): DataSet {
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    SOPInstanceUID: newUID(),
    StudyInstanceUID: '1.2.3.1',
    SeriesInstanceUID: '1.2.3.1.1',
    StudyDate: '20240131',
    StudyTime: '101500',
    Modality: 'CT',
    PatientName: 'Müller^Bella',
    PatientID: 'P1',
    ResponsiblePerson: 'Müller^Anna',
    PatientSpeciesDescription: 'Canine',
    StudyDescription: 'Thorax',
    InstanceNumber: '1',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: 2,
    Columns: 2,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: new Uint8Array(8),
    ...values,
  }
}

export const fromScanner = (at = 1_700_000_000_000): InstanceSource => ({
  kind: 'receive',
  callingAETitle: 'CT1',
  address: '10.0.0.5',
  at,
})

/** Writes and publishes as a receiver does; what is left is `addInstance`. */
export function publish(
  store: InstanceStore,
  dataSet: DataSet,
  source: InstanceSource = fromScanner(),
  transferSyntaxUID = EXPLICIT_VR_LITTLE_ENDIAN,
): NewInstance {
  const file = writePart10({ dataSet, transferSyntaxUID })
  const encoded = encodeDataSet(dataSet, transferSyntaxUID)
  const incoming = store.begin(file.subarray(0, file.length - encoded.length))
  incoming.write(encoded)
  const named = incoming.finish()
  named.sync()
  return indexInstance(readHeader(file), named, source)
}
