import { join } from 'node:path'
import { type Connection, connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { data, value } from './bytes.ts'
import { openCalls } from './calls.ts'
import { commandPdu, storeRequest } from './command.ts'
import { associate, must, statusOf, type Victim } from './faultyCase.ts'
import { image } from './image.ts'
import { INSPECTED } from './threads.ts'
import { Watch } from './watch.ts'

/** A workstation at which faults are tried one after the other, and what watches over it. */
export interface Bed extends AsyncDisposable {
  victim: Victim
  watch: Watch
}

export async function openBed(): Promise<Bed> {
  const folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const workstation = await startWorkstation({ dataFolder, under: INSPECTED, enable: 'qr,commitment' })
  const connection = await connect(workstation.url)
  const watch = await Watch.open(folder.path, workstation)
  return {
    victim: await prepare(workstation, connection, watch),
    watch,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      connection[Symbol.dispose]()
      await workstation.stop()
      folder[Symbol.dispose]()
    },
  }
}

/** A study to be sent, a server that is faulty, short timeouts, and memory as it is after some work. */
async function prepare(workstation: Workstation, connection: Connection, watch: Watch): Promise<Victim> {
  const { ask } = connection
  await ask.settings.update({
    dimseTimeoutSeconds: 2,
    requestTimeoutSeconds: 2,
    artimTimeoutSeconds: 3,
    idleTimeoutSeconds: 5,
  })
  const port = workstation.dicomPort
  const peer = await associate({ port } as Victim)
  for (let i = 0; i < 60; i += 1) {
    const { sopInstanceUID, dataSet } = image(`good-${i % 3}`, 256)
    peer.send(commandPdu(3, storeRequest(sopInstanceUID, i + 1)))
    peer.send(data(value(3, 2, dataSet)))
    must((await statusOf(peer, 30_000)) === 0, 'the first images were not stored')
  }
  peer.destroy()
  const study = await until('the study', async () => (await ask.studies.list({ offset: 0, limit: 1 })).rows[0])
  const calls = await openCalls(connection, study.studyId)
  watch.baselineBytes = (await watch.memory()).bytes
  return { port, ask, callOn: calls.callOn }
}
