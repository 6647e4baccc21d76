import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerFields } from '#shared/contract/servers.ts'
import { startDcmqrscp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { find, ORTHANC_DICOMWEB } from '../run/debianPackages.ts'
import { type PacedRoad, pacedRoad } from './pacedRoad.ts'
import { ctSeries } from './storedInstance.ts'
import { StoreSender } from './storeSender.ts'

/** A PACS with one study, and the road on which its images come here. */
export interface FullPacs extends AsyncDisposable {
  server: Partial<ServerFields> & { name: string; aeTitle: string; port: number }
  road: PacedRoad
  studyInstanceUID: string
}

export interface Load {
  folder: string
  series: number
  images: number
  rows: number
  /** Where our own DICOM port is. */
  ownPort: number
  msAnImage: number
}

export const WAYS = ['MOVE', 'GET', 'WADO-RS'] as const
export type Way = (typeof WAYS)[number]

export function isMissing(way: Way): boolean {
  if (way === 'GET') return !find('dcmqrscp')
  return !find('Orthanc') || (way === 'WADO-RS' && !existsSync(ORTHANC_DICOMWEB))
}

/** Orthanc by MOVE and WADO-RS; by GET, which Orthanc 1.10 aborts, dcmqrscp. */
export async function fullPacs(way: Way, load: Load): Promise<FullPacs> {
  const stack = new AsyncDisposableStack()
  const study = `1.2.826.0.1.3680043.10.1447.2.${load.series}`
  if (way === 'GET') {
    const peer = stack.use(await startDcmqrscp(join(load.folder, 'dcmqrscp'), []))
    await fill(peer, load)
    const road = stack.use(await pacedRoad(peer.port, load.msAnImage))
    const server = { name: 'By GET', aeTitle: peer.aeTitle, port: road.port, retrieveBy: 'get' as const }
    return { server, road, studyInstanceUID: study, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }
  if (way === 'MOVE') {
    // The images alone take the road.
    const road = stack.use(await pacedRoad(load.ownPort, load.msAnImage))
    const own = { aeTitle: 'NEGATOSCOPE', port: road.port }
    const peer = stack.use(await startOrthanc(join(load.folder, 'orthanc-move'), [own]))
    await fill(peer, load)
    const server = { name: 'By MOVE', aeTitle: peer.aeTitle, port: peer.port }
    return { server, road, studyInstanceUID: study, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }
  const web = { Plugins: [ORTHANC_DICOMWEB], DicomWeb: { Enable: true, Root: '/dicom-web/' } }
  const peer = stack.use(await startOrthanc(join(load.folder, 'orthanc-web'), [], undefined, web))
  await fill(peer, load)
  const road = stack.use(await pacedRoad(Number(new URL(peer.webUrl).port), load.msAnImage))
  const rest = { restOn: true, restUrl: `http://127.0.0.1:${road.port}/dicom-web` }
  const server = { name: 'By WADO-RS', aeTitle: peer.aeTitle, port: peer.port, ...rest }
  return { server, road, studyInstanceUID: study, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function fill({ port, aeTitle }: { port: number; aeTitle: string }, { series, images, rows }: Load) {
  const sender = await StoreSender.open(port, aeTitle)
  const image = ctSeries({ series, rows })
  for (let number = 1; number <= images; number += 1) {
    const status = (await sender?.store(image(number)))?.status
    if (status !== 0x0000) throw new Error(`${aeTitle} did not take image ${number}: ${status}`)
  }
  await sender?.release()
}
