import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { run } from '../workstation/spawned.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES, STACK_SLICES } from './ctFiles.ts'
import { diskFloor } from './diskFloor.ts'
import { interleave, seconds } from './measure.ts'
import { fasterThanPeer, slowerThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'

const PLUGIN = ['/usr/share/orthanc/plugins', '/usr/local/share/orthanc/plugins']
  .map((folder) => join(folder, 'libOrthancDicomWeb.so'))
  .find((path) => existsSync(path))
const BESIDE_CURL = 1.3
const CT_BYTES = 512 * 512 * 2

/** The same study by WADO-RS from Orthanc: into our archive, synced and indexed, and into one file of curl's. */
export const dicomweb: Scenario = {
  name: 'dicomweb',
  run: async ({ runs, ctFiles }) => {
    if (PLUGIN === undefined) throw new Error('The plugin is not installed (apt-get install orthanc-dicomweb)')
    using folder = temporaryFolder()
    await using orthanc = await startOrthanc(join(folder.path, 'orthanc'), [], undefined, {
      ...{ Plugins: [PLUGIN], DicomWeb: { Enable: true, Root: '/dicom-web/' } },
    })
    const files = ctFiles().shares(1)[0] ?? []
    if (files.length !== CT_IMAGES) throw new Error(`${files.length} files`)
    const stack = files.slice(0, STACK_SLICES)
    for (const file of stack) await orthanc.upload(file)
    const studies = (await orthanc.rest('GET', '/studies?expand')) as { MainDicomTags: { StudyInstanceUID: string } }[]
    const [studyInstanceUID = ''] = studies.map(({ MainDicomTags }) => MainDicomTags.StudyInstanceUID)
    const restUrl = `${orthanc.webUrl}/dicom-web`

    const ours = async (run: number) => {
      // Kept until the end: ext4 without a journal looks for a minute at each inode that was just given up.
      await using workstation = await startWorkstation({ dataFolder: join(folder.path, `data-${run}`) })
      using connection = await connect(workstation.url)
      const { ask } = connection
      const serverId = await addServer(ask, { name: 'Orthanc', aeTitle: 'ORTHANC', port: 1, restOn: true, restUrl })
      // The first call starts the thread, which a workstation does once.
      await ask.servers.probe({ serverId })
      const study = { studyInstanceUID, patientName: 'Bench', instances: STACK_SLICES }
      const startedAt = Date.now()
      const { transferIds } = await ask.transfers.retrieve({ serverId, studies: [study] })
      const row = await ended(ask, transferIds[0] ?? '')
      if (row.done !== STACK_SLICES) throw new Error(`${row.done} of ${STACK_SLICES} came: ${row.message}`)
      // By its own word: what is watched is told ten times a second.
      return ((row.endedAt ?? 0) - startedAt) / 1000
    }
    const target = join(folder.path, 'curl')
    const curl = async () => {
      const accept = 'Accept: multipart/related; type="application/dicom"; transfer-syntax=*'
      const args = ['-s', '-f', '-H', accept, '-o', target, `${restUrl}/studies/${studyInstanceUID}`]
      const elapsed = await seconds(async () => {
        const { code, stderr } = await run('curl', args, { timeoutMs: 120_000 })
        if (code !== 0) throw new Error(`curl: ${stderr.slice(-200)}`)
      })
      const { size } = statSync(target)
      rmSync(target)
      if (size < STACK_SLICES * CT_BYTES) throw new Error(`curl got ${size} bytes`)
      return elapsed
    }
    /** What whoever keeps these images for good has to do besides. */
    const kept = async (run: number) => (await curl()) + diskFloor(join(folder.path, `floor-${run}`), stack)
    await curl()
    const measured = await interleave(runs, { ours, curl, kept })
    const name = `WADO-RS retrieve of ${STACK_SLICES} CT from Orthanc`
    const figures = { name, unit: 's', ours: measured.ours } as const
    return [
      slowerThanPeer({ ...figures, peer: measured.curl, peerName: 'curl, which syncs nothing' }, BESIDE_CURL),
      fasterThanPeer({ ...figures, peer: measured.kept, peerName: 'curl and the bare disk' }),
    ]
  },
}

async function ended(ask: Client<WorkstationContract>, transferId: string): Promise<TransferRow> {
  for await (const { rows } of ask.transfers.watch({})) {
    const row = rows.find((one) => one.transferId === transferId)
    if (row?.endedAt != null) return row
  }
  throw new Error('The workstation is gone')
}
