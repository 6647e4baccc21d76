import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { dcmsend, startDcmqrscp, startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import type { Peer } from '../peers/peer.ts'
import { DCMTK, ORTHANC } from '../peers/versions.ts'
import { addServer } from '../workstation/addServer.ts'
import { run } from '../workstation/spawned.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { firstTry, transferEnd } from '../workstation/transferEnd.ts'
import { type Arranged, arranged } from './arranged.ts'
import { CT_IMAGES, DEMO_STUDIES } from './demoFiles.ts'
import { type Pair, peerCannot, works } from './pair.ts'

const calls = (peer: string, service: string): Pair => ({ peer, service, direction: 'we call' })

const STORESCP = `${DCMTK} storescp`
const DCMQRSCP = `${DCMTK} dcmqrscp`
type Own = { aeTitle: string; port: number }
const PEERS: Record<string, (folder: string, own: Own) => Promise<Peer>> = {
  [STORESCP]: (folder) => startStorescp({ folder }),
  [DCMQRSCP]: (folder, own) => startDcmqrscp(folder, [own]),
  [ORTHANC]: (folder, own) => startOrthanc(folder, [own]),
}

for (const [name, start] of Object.entries(PEERS)) {
  works(calls(name, 'Verification'), (folder) =>
    arranged(folder, {}, async ({ connection: { ask }, own }) => {
      await using peer = await start(join(folder, 'peer'), own)
      const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port })
      const outcome = await ask.servers.test({ serverId })
      expect(outcome.ok, outcome.sentence).toBe(true)
      return 'Success'
    }),
  )
}

works(calls(DCMQRSCP, 'Storage'), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    await using peer = await startDcmqrscp(join(folder, 'peer'), [])
    const { done, total, message } = await send(all, peer)
    expect(done, message).toBe(total)
    return `${done} of ${total} instances`
  }),
)

for (const [name, start] of Object.entries(PEERS).filter(([name]) => name !== STORESCP)) {
  works(calls(name, 'Query/Retrieve, C-FIND STUDY and SERIES'), (folder) =>
    arranged(folder, {}, async ({ connection: { ask }, own, files, ctStudy }) => {
      await using peer = await start(join(folder, 'peer'), own)
      await dcmsend(peer, files)
      const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port })
      const found = []
      for await (const item of ask.studies.findRemote({ serverIds: [serverId], filter: { patientName: 'Demo' } }))
        if (item.kind === 'matches') found.push(...item.studies)
      expect(found).toHaveLength(DEMO_STUDIES)
      const series = await ask.studies.remoteSeries({ serverId, studyInstanceUID: ctStudy })
      expect(series).toHaveLength(1)
      return `${DEMO_STUDIES} studies, 1 series`
    }),
  )

  works(calls(name, 'Query/Retrieve, C-MOVE'), (folder) =>
    arranged(folder, {}, async (all) => {
      await using peer = await start(join(folder, 'peer'), all.own)
      return await retrieved(all, peer, 'move')
    }),
  )
}

works(calls(DCMQRSCP, 'Query/Retrieve, C-GET'), (folder) =>
  arranged(folder, {}, async (all) => {
    await using peer = await startDcmqrscp(join(folder, 'peer'), [])
    return await retrieved(all, peer, 'get')
  }),
)

peerCannot(calls(ORTHANC, 'Query/Retrieve, C-GET'), (folder) =>
  arranged(folder, {}, async (all) => {
    await using peer = await startOrthanc(join(folder, 'peer'))
    const transferId = await retrieve(all, peer, 'get')
    const { state, done, message } = await firstTry(all.connection.ask, transferId)
    expect({ done, isDone: state === 'done' }, message).toEqual({ done: 0, isDone: false })
    expect(message).toContain(' ')
    expect(storedFiles(all.workstation.dataFolder)).toEqual([])
    await all.connection.ask.transfers.cancel({ transferId })
    // Nor does DCMTK's own get anything from it.
    const got = join(folder, 'got')
    mkdirSync(got)
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${all.ctStudy}`]
    const args = ['-v', '-S', '-od', got, '-aec', peer.aeTitle, '127.0.0.1', String(peer.port), ...keys]
    const { stdout, stderr } = await run('getscu', args)
    expect(readdirSync(got)).toEqual([])
    const words = /E: (?<words>.*)/.exec(stdout + stderr)?.groups?.words
    return `it accepts the association and aborts it at the request; at getscu's too: "${words}"`
  }),
)

works(calls(ORTHANC, 'Storage commitment'), (folder) =>
  arranged(folder, { filled: true }, async (all) => {
    await using peer = await startOrthanc(join(folder, 'peer'), [all.own])
    const transfer = await send(all, peer, { askCommitment: true })
    const { total } = transfer
    await expect
      .poll(async () => (await rowOf(all, transfer.transferId))?.commitment?.committed, { timeout: 60_000 })
      .toBe(total)
    return `${total} of ${total} instances committed`
  }),
)

for (const [name, start] of Object.entries(PEERS).filter(([name]) => name !== ORTHANC)) {
  peerCannot(calls(name, 'Storage commitment'), (folder) =>
    arranged(folder, { filled: true }, async (all) => {
      await using peer = await start(join(folder, 'peer'), all.own)
      const { transferId } = await send(all, peer, { askCommitment: true })
      await expect
        .poll(async () => (await rowOf(all, transferId))?.commitment?.note ?? '', { timeout: 60_000 })
        .not.toBe('')
      const commitment = (await rowOf(all, transferId))?.commitment
      expect(commitment?.committed).toBe(0)
      return `accepts no presentation context for it: "${commitment?.note}"`
    }),
  )
}

async function send({ connection: { ask } }: Arranged, peer: Peer, options: { askCommitment?: boolean } = {}) {
  const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port, ...options })
  const { rows } = await ask.studies.list({})
  const selection = { studyIds: rows.map((row) => row.studyId) }
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection })
  return await transferEnd(ask, transferIds[0] ?? '')
}

async function rowOf({ connection: { ask } }: Arranged, transferId: string) {
  for await (const { rows } of ask.transfers.watch({})) return rows.find((row) => row.transferId === transferId)
  return undefined
}

/** Fills the peer and begins to retrieve the CT from it. */
async function retrieve(all: Arranged, peer: Peer, retrieveBy: 'move' | 'get'): Promise<string> {
  const { connection, files, ctStudy } = all
  const { ask } = connection
  await dcmsend(peer, files)
  const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port, retrieveBy })
  const study = { studyInstanceUID: ctStudy, patientName: 'Demo', instances: CT_IMAGES }
  const { transferIds } = await ask.transfers.retrieve({ serverId, studies: [study] })
  return transferIds[0] ?? ''
}

async function retrieved(all: Arranged, peer: Peer, retrieveBy: 'move' | 'get'): Promise<string> {
  const { state, message } = await transferEnd(all.connection.ask, await retrieve(all, peer, retrieveBy))
  expect(state, message).toBe('done')
  expect(storedFiles(all.workstation.dataFolder)).toHaveLength(CT_IMAGES)
  return `${CT_IMAGES} of ${CT_IMAGES} instances`
}
