import { join } from 'node:path'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { deal } from './ctFiles.ts'
import { interleave } from './measure.ts'
import { withOrthanc, withStorescp, withWorkstation } from './receivers.ts'
import { fasterThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'
import { writeSmallFiles } from './smallFiles.ts'
import { timedReceive } from './timedReceive.ts'

const OBJECTS = 2000

/** Small objects: what an instance costs beside its bytes. */
export const receiveSmall: Scenario = {
  name: 'receive-small',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    const files = writeSmallFiles(join(folder.path, 'small'), OBJECTS)
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
