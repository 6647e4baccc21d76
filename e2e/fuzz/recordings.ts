import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { CT, EXPLICIT } from '../faultyPeer/bytes.ts'
import { image } from '../faultyPeer/image.ts'
import { startDcmqrscp } from '../peers/dcmtk.ts'
import { freePort } from '../peers/freePort.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { find } from '../run/debianPackages.ts'
import { addServer } from '../workstation/addServer.ts'
import type { Connection } from '../workstation/connect.ts'
import { run, start, stop } from '../workstation/spawned.ts'
import type { Workstation } from '../workstation/startWorkstation.ts'
import { transferEnd } from '../workstation/transferEnd.ts'
import { until } from '../workstation/until.ts'
import { startRecorder } from './recorder.ts'
import type { Library } from './session.ts'

const STUDY = '1.2.826.0.1.3680043.10.1447.8.1'
/** As settled at the workstation before the recordings: its answers for C-MOVE go here. */
export const RECORDED_AE_TITLE = 'RECORDED'

/** Real associations of every tool that is here, in both directions, made anew for each run: nobody's data is kept. */
export async function record(folder: string, workstation: Workstation, connection: Connection): Promise<Library> {
  const files = writeFiles(join(folder, 'files'))
  using towards = await startRecorder(workstation.dicomPort)
  await recordTools(towards, workstation.aeTitle, files, folder)
  using self = await startRecorder(workstation.dicomPort)
  await recordCalls(self, connection, { name: 'Ourselves', aeTitle: workstation.aeTitle })
  const called = self.tapes()
  if (find('dcmqrscp')) {
    await using peer = await startDcmqrscp(join(folder, 'dcmqrscp'), [
      { aeTitle: workstation.aeTitle, port: workstation.dicomPort },
    ])
    await run('storescu', ['-aec', peer.aeTitle, '127.0.0.1', String(peer.port), ...files])
    using recorder = await startRecorder(peer.port)
    await recordCalls(recorder, connection, { name: 'DCMTK', aeTitle: peer.aeTitle })
    called.push(...recorder.tapes())
  } else console.log('SKIPPED dcmqrscp is not installed')
  if (find('Orthanc')) {
    await using peer = await startOrthanc(join(folder, 'orthanc'), [
      { aeTitle: workstation.aeTitle, port: workstation.dicomPort },
    ])
    await run('storescu', ['-aec', peer.aeTitle, '127.0.0.1', String(peer.port), ...files])
    using recorder = await startRecorder(peer.port)
    await recordCalls(recorder, connection, { name: 'Orthanc', aeTitle: peer.aeTitle })
    called.push(...recorder.tapes())
  } else console.log('SKIPPED Orthanc is not installed')
  const caller = [...towards.tapes(), ...self.tapes()]
  return { caller, called, all: [...caller, ...called].flatMap(({ pdus }) => pdus.map(({ bytes }) => bytes)) }
}

function writeFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return ['fuzz-1', 'fuzz-2', 'fuzz-3'].map((name) => {
    const { sopInstanceUID, dataSet } = image(name)
    const path = join(folder, `${name}.dcm`)
    const meta = { SOPClassUID: CT, SOPInstanceUID: sopInstanceUID }
    writeFileSync(
      path,
      writePart10({ transferSyntaxUID: EXPLICIT, dataSet: meta, dataSetBytes: Uint8Array.from(dataSet) }),
    )
    return path
  })
}

type Recorder = Awaited<ReturnType<typeof startRecorder>>

async function recordTools({ port, name }: Recorder, aeTitle: string, files: string[], folder: string): Promise<void> {
  const to = ['-aet', 'RECORDED', '-aec', aeTitle, '127.0.0.1', String(port)]
  const level = (root: string, ...keys: string[]) => [
    root,
    '-k',
    'QueryRetrieveLevel=STUDY',
    ...keys.flatMap((key) => ['-k', key]),
  ]
  const asks = level(
    '-S',
    `StudyInstanceUID=${STUDY}`,
    'PatientName',
    'ModalitiesInStudy',
    'NumberOfStudyRelatedInstances',
  )
  const output = join(folder, 'got')
  mkdirSync(output, { recursive: true })
  const tools: [program: string, args: string[]][] = [
    ['echoscu', to],
    ['echoscu', ['--propose-pc', '128', ...to]],
    ['storescu', [...to, ...files]],
    ['storescu', ['-xi', '-R', ...to, ...files]],
    ['dcmsend', ['-nh', '-nuc', ...to, ...files]],
    ['findscu', [...asks, ...to]],
    ['findscu', [...level('-P', 'PatientID=FAULTY', 'StudyInstanceUID', 'StudyDate'), ...to]],
    ['movescu', ['-aem', 'RECORDED', ...level('-S', `StudyInstanceUID=${STUDY}`), ...to]],
    ['getscu', ['-od', output, ...level('-S', `StudyInstanceUID=${STUDY}`), ...to]],
    ['termscu', to],
  ]
  for (const [program, args] of tools) {
    if (!find(program)) continue
    name([program, ...args.filter((arg) => /^-([A-Z]|xi)$/.test(arg))].join(' '))
    await run(program, args, { timeoutMs: 20_000 })
  }
}

/** What the workstation itself says, and is told, when it calls. */
async function recordCalls(
  recorder: Recorder,
  { ask }: Connection,
  { name, aeTitle }: { name: string; aeTitle: string },
): Promise<void> {
  const serverId = await addServer(ask, { name, aeTitle, port: recorder.port })
  recorder.name(`${name}: echo`)
  await ask.servers.test({ serverId })
  recorder.name(`${name}: find`)
  for await (const item of ask.studies.findRemote({ serverIds: [serverId], filter: { offset: 0, limit: 50 } }))
    if (item.kind === 'finished') break
  const study = await until('a study', async () => (await ask.studies.list({ offset: 0, limit: 1 })).rows[0])
  recorder.name(`${name}: send`)
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection: { studyIds: [study.studyId] } })
  await transferEnd(ask, transferIds[0] ?? '')
  recorder.name(`${name}: retrieve`)
  const wanted = { studyInstanceUID: STUDY, patientName: '', instances: null }
  const retrieve = await ask.transfers.retrieve({ serverId, studies: [wanted] })
  await transferEnd(ask, retrieve.transferIds[0] ?? '')
  await ask.servers.delete({ serverId })
}

/** A receiver for what C-MOVE sends: `storescp` where it is installed. */
export async function startDestination(folder: string): Promise<{ port: number } & AsyncDisposable> {
  const port = await freePort()
  if (!find('storescp')) return { port, [Symbol.asyncDispose]: async () => {} }
  mkdirSync(folder, { recursive: true })
  const spawned = start('storescp', ['-aet', RECORDED_AE_TITLE, '--ignore', '-od', folder, String(port)])
  return { port, [Symbol.asyncDispose]: () => stop(spawned) }
}
