import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type MoveDestination, startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'

export interface Receiver extends MoveDestination {
  pid: number
  /** How many instances it keeps. */
  count(): Promise<number>
}

/** Starts one with nothing in it, and takes it and what it wrote away again. Starting and stopping are not measured. */
export type WithReceiver = <Result>(use: (receiver: Receiver) => Promise<Result>) => Promise<Result>

export const withWorkstation: WithReceiver = async (use) => {
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  await using workstation = await startWorkstation({ dataFolder })
  const { aeTitle, dicomPort, pid } = workstation
  return await use({ aeTitle, port: dicomPort, pid, count: async () => storedFiles(dataFolder).length })
}

/** `fork`: a process an association, else one association at a time. */
export const withStorescp =
  ({ fork }: { fork: boolean }): WithReceiver =>
  async (use) => {
    using folder = temporaryFolder()
    await using peer = await startStorescp({ folder: folder.path, fork })
    return await use({
      aeTitle: peer.aeTitle,
      port: peer.port,
      pid: peer.process.child.pid ?? 0,
      count: async () => readdirSync(folder.path).length,
    })
  }

export const withOrthanc: WithReceiver = async (use) => {
  using folder = temporaryFolder()
  await using orthanc = await startOrthanc(folder.path)
  return await use({
    aeTitle: orthanc.aeTitle,
    port: orthanc.port,
    pid: orthanc.process.child.pid ?? 0,
    count: async () => ((await orthanc.rest('GET', '/statistics')) as { CountInstances: number }).CountInstances,
  })
}
