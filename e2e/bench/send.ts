import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { startStorescp } from '../peers/dcmtk.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES } from './ctFiles.ts'
import { interleave, seconds, summary } from './measure.ts'
import { peakMemoryMB } from './processTree.ts'
import { MEMORY_MB } from './receive.ts'
import { fasterThanPeer, within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'

const BESIDE_STORESCU = { must: 0.7, want: 1 }

/** The same images to the same storescp: by storescu from its files, by us from our archive, order to end of transfer. */
export const send: Scenario = {
  name: 'send',
  run: async ({ runs, ctFiles }) => {
    const files = ctFiles()
    using folder = temporaryFolder()
    const arrived = join(folder.path, 'arrived')
    await using peer = await startStorescp({ folder: arrived })
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    await storescu({ aeTitle: workstation.aeTitle, port: workstation.dicomPort }, [files.folder])
    using connection = await connect(workstation.url)
    const { ask } = connection
    const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port })
    const studyIds = (await ask.studies.list({})).rows.map((row) => row.studyId)

    const counted = async (act: () => Promise<unknown>) => {
      const elapsed = await seconds(act)
      const there = readdirSync(arrived)
      for (const name of there) rmSync(join(arrived, name))
      if (there.length !== CT_IMAGES) throw new Error(`${there.length} of ${CT_IMAGES} arrived`)
      return elapsed
    }
    const memory: number[] = []
    const sendAll = async () => {
      const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection: { studyIds } })
      await ended(ask, transferIds)
    }
    const { ours, theirs } = await interleave(runs, {
      ours: async () => {
        let elapsed = 0
        const act = async () => {
          elapsed = await counted(sendAll)
        }
        memory.push(await peakMemoryMB(workstation.pid, act))
        return elapsed
      },
      theirs: () => counted(() => storescu(peer, [files.folder])),
    })
    const name = `send ${CT_IMAGES} CT to storescp`
    return [
      fasterThanPeer(
        { name, unit: 's', ours, peer: theirs, peerName: 'storescu' },
        BESIDE_STORESCU.must,
        BESIDE_STORESCU.want,
      ),
      within({ name: `${name}, memory of the tree`, unit: 'MB', ours: summary(memory) }, MEMORY_MB),
    ]
  },
}

async function ended(ask: Client<WorkstationContract>, transferIds: string[]): Promise<void> {
  const waiting = new Set(transferIds)
  const failed: TransferRow[] = []
  for await (const { rows } of ask.transfers.watch({})) {
    for (const row of rows) {
      if (row.endedAt === null || !waiting.delete(row.transferId)) continue
      if (row.state !== 'done') failed.push(row)
    }
    if (waiting.size === 0) break
  }
  const [first] = failed
  if (first) throw new Error(`The transfer ended as ${first.state}: ${first.message}`)
}
