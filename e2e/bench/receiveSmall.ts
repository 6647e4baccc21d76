import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { deal } from './ctFiles.ts'
import { interleave } from './measure.ts'
import { withOrthanc, withStorescp, withWorkstation } from './receivers.ts'
import { fasterThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'
import { timedReceive } from './timedReceive.ts'

const OBJECTS = 2000
/** With its header an object of 4 KB: a structured report, a presentation state, a tiny capture. */
const ROWS = 56
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'

/** Small objects: what an instance costs beside its bytes. */
export const receiveSmall: Scenario = {
  name: 'receive-small',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    const files = writeSmallFiles(join(folder.path, 'small'))
    const rows = []
    for (const associations of [1, 4]) {
      const timed = timedReceive(deal(files, associations), OBJECTS)
      const { ours, storescp, orthanc } = await interleave(runs, {
        ours: timed(withWorkstation),
        storescp: timed(withStorescp({ fork: associations > 1 })),
        orthanc: timed(withOrthanc),
      })
      const name = `receive ${OBJECTS} objects of 4 KB, ${associations} association${associations > 1 ? 's' : ''}`
      const fork = associations > 1 ? ' --fork' : ''
      rows.push(
        fasterThanPeer({ name, unit: 's', ours, peer: orthanc, peerName: 'Orthanc' }, 1.5, 2.5),
        fasterThanPeer({ name, unit: 's', ours, peer: storescp, peerName: `storescp${fork}` }),
      )
    }
    return rows
  },
}

function writeSmallFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: OBJECTS }, (_, index) => {
    const path = join(folder, `${String(index).padStart(4, '0')}.dcm`)
    const bytes = writePart10({
      dataSet: {
        SpecificCharacterSet: 'ISO_IR 192',
        SOPClassUID: SECONDARY_CAPTURE,
        SOPInstanceUID: derivedUID(`bench/small/${index}`),
        StudyInstanceUID: derivedUID(`bench/small/study/${index % 20}`),
        SeriesInstanceUID: derivedUID(`bench/small/series/${index % 20}`),
        PatientName: `Bench^Small${index % 20}`,
        PatientID: `SMALL-${index % 20}`,
        Modality: 'OT',
        StudyDate: '20260105',
        StudyTime: '101500',
        InstanceNumber: index,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: ROWS,
        Columns: ROWS,
        BitsAllocated: 8,
        BitsStored: 8,
        HighBit: 7,
        PixelRepresentation: 0,
        PixelData: new Uint8Array(ROWS * ROWS).fill(index % 256),
      },
    })
    writeFileSync(path, bytes)
    return path
  })
}
