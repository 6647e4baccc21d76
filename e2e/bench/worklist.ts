import { join } from 'node:path'
import { encodeAttributes } from '#electron/dicom/dimse/attributeSetCodec.ts'
import { commandField } from '#electron/dicom/dimse/commandField.ts'
import { worklistContexts } from '#electron/dicom/scu/findWorklist.ts'
import { Requestor } from '#electron/dicom/scu/requestor.ts'
import { worklistKeys } from '#electron/worklist/remoteItem.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { MODALITY_WORKLIST_FIND } from '#shared/dicom/sopClass.ts'
import { statusClass } from '#shared/dicom/status.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { DAYS, fillWithOrders, ORDERS, STATIONS } from './manyOrders.ts'
import { interleave } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

const ASKED = 100
/** A device asks while somebody stands before it. */
const AT_ONCE_MS = 20

/** A device asks for its open requests of today among many, from the request to the final response. */
export const worklist: Scenario = {
  name: 'worklist',
  run: async ({ runs }) => {
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    fillWithOrders(dataFolder)
    await using workstation = await startWorkstation({ dataFolder, enable: 'worklist' })
    const measured = await interleave(runs, { ours: () => slowest(workstation) })
    const name = `Worklist of one station today, ${ORDERS.toLocaleString('en')} open requests, 95 of 100 answers`
    return [within({ name, unit: 'ms', ours: measured.ours }, AT_ONCE_MS)]
  },
}

/** The 95th of 100 times. */
async function slowest({ aeTitle, dicomPort }: { aeTitle: string; dicomPort: number }): Promise<number> {
  const peer = {
    ...{ name: aeTitle, callingAETitle: 'STATION7', calledAETitle: aeTitle, host: '127.0.0.1', port: dicomPort },
    ...{ tls: undefined, connectTimeoutMs: 10_000, dimseTimeoutMs: 60_000, maxPduLength: 131_072 },
  }
  const requestor = await Requestor.open(peer, worklistContexts, new AbortController().signal)
  try {
    const context = requestor.contextFor(MODALITY_WORKLIST_FIND)
    if (!context) throw new Error('No worklist is offered')
    const today = dateOf(new Date())
    const keys = worklistKeys({ from: today, to: today, stationAETitle: 'STATION7' })
    const identifier = encodeAttributes(keys, context.transferSyntax)
    const times: number[] = []
    for (let turn = 0; turn < ASKED; turn += 1) {
      const startedAt = performance.now()
      const messageID = requestor.nextMessageID()
      const command = { commandField: commandField.cFindRequest, affectedSOPClassUID: MODALITY_WORKLIST_FIND }
      requestor.send(context, { ...command, hasDataSet: true, messageID, priority: 0 }, identifier)
      let matches = 0
      while (statusClass((await requestor.next()).command.status ?? -1) === 'pending') matches += 1
      times.push(performance.now() - startedAt)
      if (matches !== ORDERS / STATIONS / DAYS) throw new Error(`${matches} matches`)
    }
    return times.toSorted((a, b) => a - b)[ASKED * 0.95 - 1] ?? Number.NaN
  } finally {
    await requestor.release()
  }
}
