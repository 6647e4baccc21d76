import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { ServerFields } from '#shared/contract/servers.ts'
import { dcmsend } from '../peers/dcmtk.ts'
import { freePort } from '../peers/freePort.ts'
import { type Orthanc, startOrthanc } from '../peers/orthanc.ts'
import { find } from '../run/debianPackages.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { transferEnd } from '../workstation/transferEnd.ts'
import { until } from '../workstation/until.ts'
import { writeDemoFiles } from './demoFiles.ts'

test.skip(!find('Orthanc') || !find('storescp'), 'Orthanc or DCMTK is not installed (apt-get install orthanc dcmtk)')

const US = 'NEGATOSCOPE'

interface Reference {
  SOPClassUID: string
  SOPInstanceUID: string
}

/** Orthanc asks us (N-ACTION) and waits for our report. */
async function askedByOrthanc(orthanc: Orthanc, DicomInstances: Reference[]): Promise<string> {
  const body = JSON.stringify({ DicomInstances })
  const { ID } = (await orthanc.rest('POST', `/modalities/${US}/storage-commitment`, body)) as { ID: string }
  return ID
}

type Told = { Status: 'Success' | 'Failure' | 'Pending'; Success?: Reference[]; Failures?: Reference[] }
const toldTo = (orthanc: Orthanc, id: string) =>
  until('our report', async () => {
    const told = (await orthanc.rest('GET', `/storage-commitment/${id}`)) as Told
    return told.Status === 'Pending' ? undefined : told
  })

test('Orthanc answers for what it has of a send, and for nothing else', async () => {
  using folder = temporaryFolder()
  const dicomPort = await freePort()
  await using orthanc = await startOrthanc(join(folder.path, 'orthanc'), [{ aeTitle: US, port: dicomPort }])
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data'), dicomPort })
  await dcmsend({ aeTitle: US, port: dicomPort }, writeDemoFiles(join(folder.path, 'demo')))
  using connection = await connect(workstation.url)
  const { ask } = connection
  const serverId = await addServer(ask, { name: 'Orthanc', ...orthanc, askCommitment: true })
  const { rows } = await ask.studies.list({ limit: 10 })
  const selection = { studyIds: rows.map(({ studyId }) => studyId) }
  const { transferIds } = await ask.transfers.send({ serverIds: [serverId], selection })
  const [transferId = ''] = transferIds
  const { done, total } = await transferEnd(ask, transferId)
  expect(done).toBe(total)
  const summary = async () => {
    for await (const { rows: transfers } of ask.transfers.watch({}))
      return transfers.find((row) => row.transferId === transferId)?.commitment
    return undefined
  }
  await expect.poll(summary, { timeout: 60_000 }).toMatchObject({ committed: done, asked: 0, refused: 0, notAsked: 0 })

  // Sent without the question, then lost there, then asked about.
  await ask.servers.update({ serverId, fields: { ...(await fieldsOf(ask, serverId)), askCommitment: false } })
  const [askedLater = ''] = (await ask.transfers.send({ serverIds: [serverId], selection })).transferIds
  await transferEnd(ask, askedLater)
  const [gone = ''] = (await orthanc.rest('GET', '/instances')) as string[]
  await orthanc.rest('DELETE', `/instances/${gone}`)
  await ask.transfers.askCommitment({ transferId: askedLater })
  const states = async () => {
    const items = await ask.transfers.items({ transferId: askedLater })
    return items.map(({ commitment }) => commitment?.state ?? '').toSorted()
  }
  await expect.poll(states, { timeout: 60_000 }).toEqual([...Array(done - 1).fill('committed'), 'refused'])
})

async function fieldsOf(ask: Awaited<ReturnType<typeof connect>>['ask'], wanted: number): Promise<ServerFields> {
  const row = (await ask.servers.list({})).find(({ serverId }) => serverId === wanted)
  if (!row) throw new Error('The server is gone')
  const { serverId, isDefault, lastTest, ...fields } = row
  return fields
}

test('we answer Orthanc for what we have, and say what we do not have', async () => {
  using folder = temporaryFolder()
  const dicomPort = await freePort()
  await using orthanc = await startOrthanc(join(folder.path, 'orthanc'), [{ aeTitle: US, port: dicomPort }])
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data'), dicomPort })
  using connection = await connect(workstation.url)
  await addServer(connection.ask, { name: 'Orthanc', ...orthanc })
  const ids: string[] = []
  for (const file of writeDemoFiles(join(folder.path, 'demo')).slice(0, 20)) {
    const id = await orthanc.upload(file)
    if (id) ids.push(id)
  }
  await orthanc.rest('POST', `/modalities/${US}/store`, JSON.stringify(ids))
  const references = await Promise.all(
    ids.map(async (id) => {
      const tags = (await orthanc.rest('GET', `/instances/${id}/simplified-tags`)) as Reference
      return { SOPClassUID: tags.SOPClassUID, SOPInstanceUID: tags.SOPInstanceUID }
    }),
  )
  expect(await toldTo(orthanc, await askedByOrthanc(orthanc, references))).toMatchObject({ Status: 'Success' })
  const unknown = { SOPClassUID: references[0]?.SOPClassUID ?? '', SOPInstanceUID: '1.2.3.4.5' }
  const told = await toldTo(orthanc, await askedByOrthanc(orthanc, [...references, unknown]))
  expect(told.Status).toBe('Failure')
  expect(told.Failures).toMatchObject([{ SOPInstanceUID: '1.2.3.4.5' }])
  expect(told.Success).toHaveLength(references.length)
})

test('a transaction survives a kill: who asked before it is answered by the next process', async () => {
  using folder = temporaryFolder()
  const dicomPort = await freePort()
  const dataFolder = join(folder.path, 'data')
  await using orthanc = await startOrthanc(join(folder.path, 'orthanc'), [{ aeTitle: US, port: dicomPort }])
  const unknown = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', SOPInstanceUID: '1.2.3.4.5' }
  const first = await startWorkstation({ dataFolder, dicomPort })
  // Orthanc is not among our servers yet: nobody could be told before the kill.
  const id = await askedByOrthanc(orthanc, [unknown])
  first.process.child.kill('SIGKILL')
  await first.process.exitCode
  await using second = await startWorkstation({ dataFolder, dicomPort })
  using connection = await connect(second.url)
  await addServer(connection.ask, { name: 'Orthanc', ...orthanc })
  expect(await toldTo(orthanc, id)).toMatchObject({ Status: 'Failure' })
})
