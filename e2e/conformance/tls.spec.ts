import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { dcmtkTls } from '../peers/certificates.ts'
import { startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import type { Peer } from '../peers/peer.ts'
import { DCMTK, ORTHANC, optionsOf } from '../peers/versions.ts'
import { addServer } from '../workstation/addServer.ts'
import { run } from '../workstation/spawned.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { transferEnd } from '../workstation/transferEnd.ts'
import type { Arranged } from './arranged.ts'
import { byUid, compare, filesIn, noDifference } from './compareFolders.ts'
import { CT_IMAGES, DEMO_STUDIES } from './demoFiles.ts'
import { peerCannot, record, works } from './pair.ts'
import { type Secured, secured, verified } from './secured.ts'

const OVER = ', TLS with client certificate'
const itCalls = (peer: string, service: string) => ({ peer, service: service + OVER, direction: 'it calls' }) as const
const weCall = (peer: string, service: string) => ({ peer, service: service + OVER, direction: 'we call' }) as const

async function dcmtk(program: string, { tls }: Secured, options: string[], rest: string[] = []) {
  return await run(program, ['-v', ...options, '-aec', tls.aeTitle, '127.0.0.1', String(tls.port), ...rest])
}

works(itCalls(`${DCMTK} echoscu`, 'Verification'), (folder) =>
  secured(folder, {}, async (all) => {
    const { code, stdout, stderr } = await dcmtk('echoscu', all, dcmtkTls(all.certificates))
    expect(code, stdout + stderr).toBe(0)
    const withoutOwn = await dcmtk('echoscu', all, ['+tla', '+cf', all.certificates.authority])
    expect(withoutOwn.code).not.toBe(0)
    const plain = await dcmtk('echoscu', all, [])
    expect(plain.code).not.toBe(0)
    return 'Success; refused without a certificate, and in plain'
  }),
)

works(itCalls(`${DCMTK} storescu`, 'Storage'), (folder) =>
  secured(folder, {}, async (all) => {
    const { code, stdout, stderr } = await dcmtk('storescu', all, dcmtkTls(all.certificates), all.files)
    expect(code, (stdout + stderr).slice(-400)).toBe(0)
    expect(storedFiles(all.workstation.dataFolder)).toHaveLength(all.files.length)
    return `${all.files.length} of ${all.files.length} instances`
  }),
)

works(itCalls(`${DCMTK} findscu`, 'Query/Retrieve, Study Root, C-FIND STUDY'), (folder) =>
  secured(folder, { filled: true }, async (all) => {
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', 'PatientName=Demo*', '-k', 'StudyInstanceUID']
    const { stdout, stderr } = await dcmtk('findscu', all, [...dcmtkTls(all.certificates), '-S'], keys)
    expect((stdout + stderr).match(/Pending/g) ?? []).toHaveLength(DEMO_STUDIES)
    return `${DEMO_STUDIES} of ${DEMO_STUDIES} matches`
  }),
)

for (const [program, service] of [
  ['dcmsend', 'Storage'],
  ['movescu', 'Query/Retrieve, C-MOVE'],
  ['getscu', 'Query/Retrieve, C-GET'],
] as const) {
  peerCannot(itCalls(`${DCMTK} ${program}`, service), async () => {
    expect(optionsOf(program)).not.toMatch(/tls/i)
    return `${program} --help names no option for TLS`
  })
}

test(`${DCMTK} dcmqrscp, we call, peer cannot: TLS`, () => {
  expect(optionsOf('dcmqrscp')).not.toMatch(/tls/i)
  record(weCall(`${DCMTK} dcmqrscp`, 'Query/Retrieve'), 'peer cannot', 'dcmqrscp --help names no option for TLS')
})

works(itCalls(ORTHANC, 'Verification and Storage'), (folder) =>
  secured(folder, {}, async ({ certificates, tls, files, workstation }) => {
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [tls], certificates)
    await orthanc.rest('POST', `/modalities/${tls.aeTitle}/echo`, '{}')
    const ids: string[] = []
    for (const file of files) ids.push((await orthanc.upload(file)) ?? '')
    const order = JSON.stringify({ Resources: ids, Synchronous: true })
    await orthanc.rest('POST', `/modalities/${tls.aeTitle}/store`, order)
    expect(storedFiles(workstation.dataFolder)).toHaveLength(files.length)
    return `Success; ${files.length} of ${files.length} instances`
  }),
)

async function added({ connection: { ask } }: Arranged, peer: Peer): Promise<number> {
  return await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port, ...verified })
}

works(weCall(`${DCMTK} storescp`, 'Verification and Storage'), (folder) =>
  secured(folder, { filled: true }, async (all) => {
    const written = join(folder, 'written')
    await using peer = await startStorescp({ folder: written, args: [...dcmtkTls(all.certificates), '-rc'] })
    const serverId = await added(all, peer)
    const { ok, sentence } = await all.connection.ask.servers.test({ serverId })
    expect(ok, sentence).toBe(true)
    await sendAll(all, serverId)
    const arrived = byUid(filesIn(written))
    expect(arrived.size).toBe(all.files.length)
    expect(compare(arrived, byUid(storedFiles(all.workstation.dataFolder)))).toEqual(noDifference)
    return `Success; ${arrived.size} of ${all.files.length} instances, data sets equal bit by bit`
  }),
)

works(weCall(ORTHANC, 'Verification, Storage, C-FIND and C-MOVE'), (folder) =>
  secured(folder, { filled: true }, async (all) => {
    const { certificates, connection, tls, ctStudy } = all
    await using orthanc = await startOrthanc(join(folder, 'orthanc'), [tls], certificates)
    const serverId = await added(all, orthanc)
    const { ok, sentence } = await connection.ask.servers.test({ serverId })
    expect(ok, sentence).toBe(true)
    await sendAll(all, serverId)
    const { ask } = connection
    const { rows } = await ask.studies.list({})
    await ask.studies.trash({ studyIds: rows.map((row) => row.studyId) })
    const found = []
    for await (const item of ask.studies.findRemote({ serverIds: [serverId], filter: { patientName: 'Demo' } }))
      if (item.kind === 'matches') found.push(...item.studies)
    expect(found).toHaveLength(DEMO_STUDIES)
    const study = { studyInstanceUID: ctStudy, patientName: 'Demo', instances: CT_IMAGES }
    const { transferIds } = await ask.transfers.retrieve({ serverId, studies: [study] })
    const { state, message } = await transferEnd(ask, transferIds[0] ?? '')
    expect(state, message).toBe('done')
    return `Success; all instances sent, ${DEMO_STUDIES} studies found, ${CT_IMAGES} of ${CT_IMAGES} instances retrieved`
  }),
)

async function sendAll({ connection: { ask } }: Arranged, serverId: number): Promise<void> {
  const { rows } = await ask.studies.list({})
  const selection = { studyIds: rows.map((row) => row.studyId) }
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection })
  const { state, message } = await transferEnd(ask, transferIds[0] ?? '')
  expect(state, message).toBe('done')
}
