import { join } from 'node:path'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES } from './ctFiles.ts'
import { diskFloor } from './diskFloor.ts'
import { interleave, summary } from './measure.ts'
import { withOrthanc, withStorescp, withWorkstation } from './receivers.ts'
import { fasterThanPeer, type Row, within } from './row.ts'
import type { Context, Scenario } from './scenario.ts'
import { timedReceive } from './timedReceive.ts'

/** storescp never syncs: what it has taken is not on the disk yet. */
const BESIDE_STORESCP = { one: { must: 0.5, want: 0.8 }, many: { must: 0.5, want: 1 } }
const BESIDE_ORTHANC = { must: 1.5, want: 2.5 }
/** Of the whole process tree, whatever comes in. */
export const MEMORY_MB = 300

export const receiveOne: Scenario = {
  name: 'receive-1',
  run: async ({ runs, ctFiles }) => {
    const all = ctFiles().shares(1)
    const one = timedReceive(all, CT_IMAGES)
    const memory: number[] = []
    const { ours, storescp, orthanc, stock, floor } = await interleave(runs, {
      ours: one(withWorkstation, memory),
      storescp: one(withStorescp({ fork: false })),
      orthanc: one(withOrthanc),
      stock: timedReceive(all, CT_IMAGES, { stock: true })(withWorkstation),
      floor: async () => {
        using scratch = temporaryFolder()
        return diskFloor(join(scratch.path, 'floor'), all[0] ?? [])
      },
    })
    const name = `receive ${CT_IMAGES} CT, 1 association`
    const { must, want } = BESIDE_STORESCP.one
    return [
      fasterThanPeer(
        { name, unit: 's', ours, peer: orthanc, peerName: 'Orthanc' },
        BESIDE_ORTHANC.must,
        BESIDE_ORTHANC.want,
      ),
      fasterThanPeer({ name, unit: 's', ours, peer: storescp, peerName: 'storescp' }, must, want),
      fasterThanPeer(
        { name: `${name}, stock sender`, unit: 's', ours: stock, peer: storescp, peerName: 'storescp, NODELAY' },
        must,
        want,
      ),
      fasterThanPeer({ name, unit: 's', ours, peer: floor, peerName: 'the bare disk' }),
      within({ name: `${name}, memory of the tree`, unit: 'MB', ours: summary(memory) }, MEMORY_MB),
    ]
  },
}

async function receiveMany({ runs, ctFiles }: Context, associations: number): Promise<Row[]> {
  const many = timedReceive(ctFiles().shares(associations), CT_IMAGES)
  const memory: number[] = []
  const { ours, storescp, orthanc } = await interleave(runs, {
    ours: many(withWorkstation, memory),
    storescp: many(withStorescp({ fork: true })),
    orthanc: many(withOrthanc),
  })
  const name = `receive ${CT_IMAGES} CT, ${associations} associations`
  const { must, want } = BESIDE_STORESCP.many
  return [
    fasterThanPeer(
      { name, unit: 's', ours, peer: orthanc, peerName: 'Orthanc' },
      BESIDE_ORTHANC.must,
      BESIDE_ORTHANC.want,
    ),
    fasterThanPeer({ name, unit: 's', ours, peer: storescp, peerName: 'storescp --fork' }, must, want),
    within({ name: `${name}, memory of the tree`, unit: 'MB', ours: summary(memory) }, MEMORY_MB),
  ]
}

export const receiveFour: Scenario = { name: 'receive-4', run: (context) => receiveMany(context, 4) }
export const receiveSixteen: Scenario = { name: 'receive-16', run: (context) => receiveMany(context, 16) }
