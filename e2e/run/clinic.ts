import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { storescu } from '../bench/sender.ts'
import { startDcmqrscp } from '../peers/dcmtk.ts'
import { freePort } from '../peers/freePort.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { addServer } from '../workstation/addServer.ts'
import type { Connection } from '../workstation/connect.ts'
import type { Workstation } from '../workstation/startWorkstation.ts'
import { firstTry, transferEnd } from '../workstation/transferEnd.ts'
import { knock, openDesk } from './clinicDesk.ts'
import { VISITS, writeVisit } from './clinicStudies.ts'

export const PACS = 'Clinic PACS'
/** How many of the visits are only at the PACS, the last ones; all but one of them are retrieved, that one comes on a CD. */
const ELSEWHERE = 3
const ON_CD = 'Hughes'

/**
 * Gives a workstation two weeks of work: devices send, a PACS and an archive are known and reached, studies are
 * retrieved, sent and imported, and one send meets a machine that is off. Everything goes the way it goes in a clinic.
 */
export async function fillClinic(
  folder: string,
  workstation: Workstation,
  { ask, data }: Connection,
): Promise<AsyncDisposable> {
  const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  const orthanc = await startOrthanc(join(folder, 'pacs'), [own])
  const dcmqrscp = await startDcmqrscp(join(folder, 'archive'), [own])
  const folders = VISITS.map((visit) => writeVisit(join(folder, 'visits'), visit))

  const pacs = await addServer(ask, { name: PACS, ...orthanc })
  const archive = await addServer(ask, { name: 'Referral archive', ...dcmqrscp })
  const reader = await addServer(ask, { name: 'Night reading', aeTitle: 'NIGHT_READ', port: await freePort() })
  await ask.servers.setDefault({ serverId: pacs })
  for (const serverId of [pacs, archive, reader]) await ask.servers.test({ serverId })

  await openDesk({ ask })
  await ask.settings.addDemoStudies({})
  const here = VISITS.length - ELSEWHERE
  for (const [index, visit] of VISITS.slice(0, here).entries()) {
    await storescu(own, [folders[index] ?? ''], { callingAETitle: visit.device })
  }
  for (const path of folders.slice(here)) await storescu(orthanc, [path])

  const disc = folders[VISITS.findIndex(({ name }) => name.startsWith(ON_CD))] ?? ''
  const names = readdirSync(disc)
  const imported = await ask.transfers.beginImport({ title: `CD of ${ON_CD}`, files: names.length })
  for (const name of names) {
    const body = readFileSync(join(disc, name))
    await data(`/data/import/${imported.transferId}?name=${name}`, { method: 'PUT', body })
  }
  await ask.transfers.finishImport(imported)

  const remote = []
  for await (const item of ask.studies.findRemote({ serverIds: [pacs], filter: { offset: 0, limit: 200 } })) {
    if (item.kind === 'matches') remote.push(...item.studies)
  }
  const { rows } = await ask.studies.list({})
  const send = async (serverId: number, names: string[]) => {
    const studyIds = rows
      .filter((row) => names.some((name) => row.patientName.startsWith(name)))
      .map((row) => row.studyId)
    return (await ask.transfers.send({ serverIds: [serverId], selection: { studyIds } })).transferIds
  }
  const { transferIds: retrieved } = await ask.transfers.retrieve({
    serverId: pacs,
    studies: remote.filter(({ patientName }) => !patientName.startsWith(ON_CD)),
  })
  const transferIds = [...retrieved, ...(await send(archive, ['Okafor'])), ...(await send(pacs, ['Demo^Bella']))]
  const waiting = await send(reader, ['Moreau'])
  for (const transferId of transferIds) await transferEnd(ask, transferId)
  for (const transferId of waiting) await firstTry(ask, transferId)
  await knock(own, [folders[0] ?? ''])
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all([orthanc.stop(), dcmqrscp.stop()])
    },
  }
}
