import { join } from 'node:path'
import { answers, freePort } from '../peers/freePort.ts'
import { MllpSender, orderMessage } from '../peers/mllpSender.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { interleave, seconds } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

const ORDERS = 2000
const CONNECTIONS = 4
/** 200 a second: a hospital's whole morning in a minute. */
const AT_MOST_S = 10

/** HL7 orders, each acknowledged when it is on disk. */
export const orders: Scenario = {
  name: 'orders',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    const hl7Port = await freePort()
    using connection = await connect(workstation.url)
    await connection.ask.settings.update({ hl7Listener: true, hl7Port })
    await until('the HL7 port', async () => (await answers(hl7Port)) || undefined)
    const { ours } = await interleave(runs, { ours: (run) => seconds(() => sendAll(hl7Port, run)) })
    const name = `${ORDERS.toLocaleString('en')} HL7 orders over ${CONNECTIONS} connections, all acknowledged`
    return [within({ name, unit: 's', ours }, AT_MOST_S)]
  },
}

async function sendAll(port: number, run: number): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, line) => {
      using sender = await MllpSender.open(port)
      for (let turn = 0; turn < ORDERS / CONNECTIONS; turn += 1) {
        const number = `R${run}L${line}N${turn}`
        const answer = await sender?.send(orderMessage(number))
        if (!answer?.includes(`MSA|AA|${number}|`)) throw new Error(`${number} was answered ${answer}`)
      }
    }),
  )
}
