import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type MoveDestination, startDcmqrscp, startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { run } from '../workstation/spawned.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { interleave, seconds } from './measure.ts'
import { fasterThanPeer } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'

/** One of the bench's stacks. */
const STUDY_SLICES = 300

/** The same study by the same movescu and getscu, from us, from Orthanc and from dcmqrscp. Informs; no target is set. */
export const retrieve: Scenario = {
  name: 'retrieve',
  run: async ({ runs, ctFiles }) => {
    const { folder: files } = ctFiles()
    using folder = temporaryFolder()
    const [moved, got] = [join(folder.path, 'moved'), join(folder.path, 'got')]
    mkdirSync(got)
    await using target = await startStorescp({ folder: moved, aeTitle: 'TARGET' })
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data'), enable: 'qr' })
    using connection = await connect(workstation.url)
    await addServer(connection.ask, { name: 'Target', aeTitle: target.aeTitle, port: target.port })
    await using orthanc = await startOrthanc(join(folder.path, 'orthanc'), [target])
    await using dcmqrscp = await startDcmqrscp(join(folder.path, 'dcmqrscp'), [target])
    const ours = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
    for (const peer of [ours, orthanc, dcmqrscp]) await storescu(peer, [files])
    const { rows: studies } = await connection.ask.studies.list({})
    const study = studies.find(({ instances }) => instances === STUDY_SLICES)?.studyInstanceUID ?? ''
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${study}`]

    const timed = (program: string, options: string[], into: string, from: MoveDestination) => async () => {
      const args = ['-S', '-aet', 'BENCH', '-aec', from.aeTitle, ...options, '127.0.0.1', String(from.port), ...keys]
      const elapsed = await seconds(async () => {
        const { code, stderr } = await run(program, args, { timeoutMs: 120_000 })
        if (code !== 0) throw new Error(`${program} from ${from.aeTitle}: ${stderr.slice(-200)}`)
      })
      const arrived = readdirSync(into)
      for (const name of arrived) rmSync(join(into, name))
      if (arrived.length !== STUDY_SLICES) throw new Error(`${arrived.length} of ${STUDY_SLICES} came`)
      return elapsed
    }
    const move = (from: MoveDestination) => timed('movescu', ['-aem', 'TARGET'], moved, from)
    const get = (from: MoveDestination) => timed('getscu', ['+B', '-od', got], got, from)
    const moves = await interleave(runs, { ours: move(ours), orthanc: move(orthanc), dcmqrscp: move(dcmqrscp) })
    const gets = await interleave(runs, { ours: get(ours), dcmqrscp: get(dcmqrscp) })
    const name = (operation: string) => `${operation} of ${STUDY_SLICES} CT from us`
    return [
      fasterThanPeer({ name: name('C-MOVE'), unit: 's', ours: moves.ours, peer: moves.orthanc, peerName: 'Orthanc' }),
      fasterThanPeer({ name: name('C-MOVE'), unit: 's', ours: moves.ours, peer: moves.dcmqrscp, peerName: 'dcmqrscp' }),
      fasterThanPeer({ name: name('C-GET'), unit: 's', ours: gets.ours, peer: gets.dcmqrscp, peerName: 'dcmqrscp' }),
    ]
  },
}
