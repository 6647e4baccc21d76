import { type ScriptedPeer, scriptedServer } from '#electron/dicom/testing/scriptedPeer.ts'
import { addServer } from '../workstation/addServer.ts'
import type { Connection } from '../workstation/connect.ts'
import { firstTry, transferEnd } from '../workstation/transferEnd.ts'
import type { CallOutcome, Operation } from './faultyCase.ts'

const CANCELLED_AFTER_MS = 4500

/** A server of the workstation's list that does whatever the case at hand says, and the calls that reach it. */
export async function openCalls({ ask }: Connection, studyIdToSend: number) {
  let current: (peer: ScriptedPeer) => Promise<void> = async (peer) => peer.destroy()
  const server = await scriptedServer((peer) => current(peer))
  const faulty = { aeTitle: 'FAULTY', port: server.port }
  const serverId = await addServer(ask, { ...faulty, name: 'Faulty' })
  const gets = await addServer(ask, { ...faulty, name: 'Faulty by C-GET', retrieveBy: 'get' })
  const commits = await addServer(ask, { ...faulty, name: 'Faulty, committing', askCommitment: true })

  const operations: Record<Operation, () => Promise<CallOutcome>> = {
    async echo() {
      const { ok, sentence } = await ask.servers.test({ serverId })
      return { ok, sentence, found: 0 }
    },
    async find() {
      let found = 0
      for await (const item of ask.studies.findRemote({ serverIds: [serverId], filter: { offset: 0, limit: 200 } })) {
        if (item.kind === 'matches') found += item.studies.length
        else return { ok: item.error === null, sentence: item.error ?? '', found }
      }
      return { ok: false, sentence: '', found }
    },
    move: () => retrieve(serverId),
    get: () => retrieve(gets),
    send: () => send(serverId),
    commit: () => send(commits),
  }

  async function retrieve(from: number): Promise<CallOutcome> {
    const study = { studyInstanceUID: '1.2.3.4.5', patientName: 'Faulty', instances: null }
    const { transferIds } = await ask.transfers.retrieve({ serverId: from, studies: [study] })
    return endOf(transferIds[0] ?? '')
  }

  async function send(to: number): Promise<CallOutcome> {
    const selection = { studyIds: [studyIdToSend] }
    const { transferIds } = await ask.transfers.send({ serverIds: [to], selection })
    return endOf(transferIds[0] ?? '')
  }

  async function endOf(transferId: string): Promise<CallOutcome> {
    // The case before this one failed there, so that nobody is tried there for a while.
    await ask.transfers.resume({ transferIds: [transferId] })
    const timer = setTimeout(() => void ask.transfers.cancel({ transferId }), CANCELLED_AFTER_MS)
    const { state, message, failed, endedAt } = await firstTry(ask, transferId, 30_000)
    clearTimeout(timer)
    if (endedAt === null) {
      await ask.transfers.cancel({ transferId })
      await transferEnd(ask, transferId, 30_000)
    }
    const [item] = failed > 0 ? (await ask.transfers.items({ transferId })).filter(({ note }) => note !== '') : []
    await ask.transfers.clear({ transferIds: [transferId] })
    return { ok: state === 'done', sentence: message || (item?.note ?? ''), found: 0 }
  }

  return {
    callOn(script: typeof current, operation: Operation): Promise<CallOutcome> {
      current = script
      return operations[operation]()
    },
    [Symbol.dispose]: () => server.close(),
  }
}
