import { join } from 'node:path'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES } from './ctFiles.ts'
import { diskFloor } from './diskFloor.ts'
import { interleave, seconds } from './measure.ts'
import { type WithReceiver, withOrthanc, withStorescp, withWorkstation } from './receivers.ts'
import { fasterThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'
import { type SenderOptions, storescu } from './sender.ts'

const BESIDE_ORTHANC = 1.5
/** storescp never syncs: what it has taken is not on the disk yet. */
const BESIDE_STORESCP = 0.4

/** From the start of the senders until the last has ended; what arrived is counted. */
function timed(withReceiver: WithReceiver, associations: string[][], options: SenderOptions = {}) {
  return () =>
    withReceiver(async (receiver) => {
      const elapsed = await seconds(() => Promise.all(associations.map((paths) => storescu(receiver, paths, options))))
      const count = await receiver.count()
      if (count !== CT_IMAGES) throw new Error(`${receiver.aeTitle} keeps ${count} of ${CT_IMAGES}`)
      return elapsed
    })
}

export const receiveOne: Scenario = {
  name: 'receive-1',
  run: async ({ runs, ctFiles }) => {
    const { folder } = ctFiles()
    const one = [[folder]]
    const { ours, storescp, orthanc, stock, floor } = await interleave(runs, {
      ours: timed(withWorkstation, one),
      storescp: timed(withStorescp, one),
      orthanc: timed(withOrthanc, one),
      stock: timed(withWorkstation, one, { stock: true }),
      floor: async () => {
        using scratch = temporaryFolder()
        return diskFloor(join(scratch.path, 'floor'), Array(CT_IMAGES).fill(join(folder, '0', '0000.dcm')))
      },
    })
    const name = `receive ${CT_IMAGES} CT, 1 association`
    return [
      fasterThanPeer({ name, unit: 's', ours, peer: orthanc, peerName: 'Orthanc' }, BESIDE_ORTHANC),
      fasterThanPeer({ name, unit: 's', ours, peer: storescp, peerName: 'storescp' }, BESIDE_STORESCP),
      fasterThanPeer(
        { name: `${name}, stock sender`, unit: 's', ours: stock, peer: storescp, peerName: 'storescp, NODELAY' },
        BESIDE_STORESCP,
      ),
      fasterThanPeer({ name, unit: 's', ours, peer: floor, peerName: 'the bare disk' }),
    ]
  },
}

export const receiveFour: Scenario = {
  name: 'receive-4',
  run: async ({ runs, ctFiles }) => {
    const four = ctFiles().folders.map((folder) => [folder])
    const { ours, storescp, orthanc } = await interleave(runs, {
      ours: timed(withWorkstation, four),
      storescp: timed(withStorescp, four),
      orthanc: timed(withOrthanc, four),
    })
    const name = `receive ${CT_IMAGES} CT, 4 associations`
    return [
      fasterThanPeer({ name, unit: 's', ours, peer: orthanc, peerName: 'Orthanc' }, BESIDE_ORTHANC),
      fasterThanPeer({ name, unit: 's', ours, peer: storescp, peerName: 'storescp' }, BESIDE_STORESCP),
    ]
  },
}
