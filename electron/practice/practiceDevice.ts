import { mkdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ArrivedSeries } from '#electron/archive/worklist/worklistApi.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import type { InstanceToSend, Peer } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import { remoteItem, worklistKeys } from '#electron/worklist/remoteItem.ts'
import { begunStep, endedStep } from '#electron/worklist/stepAttributes.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { Order } from '#shared/contract/order.ts'
import type { PracticeItem, PracticeProgress } from '#shared/contract/practice.ts'
import { itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { imagesOf, practiceImages } from './practiceImages.ts'
import { DEVICE_AE_TITLE, LOOPBACK, PRACTICE_AE_TITLE } from './practiceNames.ts'
import type { PracticePacs } from './practicePacs.ts'

export interface PracticeDevice {
  /** Throws ApiError where the workstation does not answer as it should. */
  askWorklist(): Promise<PracticeItem[]>
  examine(key: string, signal: AbortSignal): AsyncIterable<PracticeProgress>
}

export interface PracticeDeviceParts {
  node: PracticePacs['node']
  /** Images lie here between the making and the storing. */
  folder: string
  /** Where the practice workstation listens. */
  port(): number
}

/** A modality without a body: all that it says to the workstation goes over the wire, as a real one would say it. */
export function practiceDevice({ node, folder, port }: PracticeDeviceParts): PracticeDevice {
  const known = new Map<string, Order>()
  const workstation = (): Peer => ({
    name: PRACTICE_AE_TITLE,
    callingAETitle: DEVICE_AE_TITLE,
    calledAETitle: PRACTICE_AE_TITLE,
    ...{ host: LOOPBACK, port: port(), tls: undefined },
    ...{ connectTimeoutMs: 10_000, dimseTimeoutMs: 60_000, maxPduLength: 131_072 },
  })
  const sentenceOf = async (error: unknown) => failureOf(error, await callContext(workstation())).sentence

  return {
    async askWorklist() {
      const today = dateOf(new Date())
      const keys = worklistKeys({ from: today, to: today, stationAETitle: DEVICE_AE_TITLE })
      const items: PracticeItem[] = []
      try {
        for await (const match of node.findWorklist(workstation(), keys, new AbortController().signal)) {
          const entry = remoteItem({ serverId: 0, name: PRACTICE_AE_TITLE }, match)
          if (!entry) continue
          const { content, key, accessionNumber } = entry
          const [step] = itemsIn(match, 'ScheduledProcedureStepSequence')
          known.set(key, orderOf(entry, known.size + 1))
          items.push({
            ...{ key, accessionNumber, procedure: content.request.procedure, modality: content.request.modality },
            ...{ patientName: content.patient.patientName, patientId: content.patient.patientId },
            ...{ date: content.request.date, time: content.request.time },
            canMake: imagesOf(content.request.modality) > 0,
            isStarted: textIn(step, 'ScheduledProcedureStepStatus') === 'STARTED',
          })
        }
      } catch (error) {
        throw new ApiError('dimse-failure', await sentenceOf(error))
      }
      return items
    },
    async *examine(key, signal) {
      const order = known.get(key)
      if (!order) throw new ApiError('not-found', 'The device does not know this entry. Ask for the worklist again.')
      const total = imagesOf(order.request.modality)
      if (total === 0) throw new ApiError('invalid-input', 'The practice device makes CT, X-ray and ultrasound only.')
      const sopInstanceUID = newUID()
      const own = join(folder, sopInstanceUID)
      const tell = (kind: 'create' | 'set', attributes: ReturnType<typeof begunStep>) =>
        node.sendStep(workstation(), { kind, sopInstanceUID, attributes }, new AbortController().signal)
      const at = (phase: PracticeProgress['phase'], sentence: string, wire: string, done: number) => ({
        ...{ phase, sentence, wire, done, total },
      })
      const made: Made[] = []
      const stored: Made[] = []
      let isOpen = false
      try {
        await tell('create', begunStep(order, DEVICE_AE_TITLE, new Date()))
        isOpen = true
        yield at('begun', 'The device says that it has begun.', 'N-CREATE, IN PROGRESS', 0)
        mkdirSync(own, { recursive: true })
        for (const dataSet of practiceImages(order, new Date())) {
          if (signal.aborted) return
          const path = join(own, `${made.length + 1}.dcm`)
          const bytes = writePart10({ dataSet })
          await writeFile(path, bytes)
          made.push({ dataSet, send: instanceOf(made.length + 1, dataSet, path, bytes.length) })
          yield at('making', 'The device makes images.', '', made.length)
          await setImmediate()
        }
        const instances = made.map(({ send }) => send)
        for await (const { instanceId, outcome, note } of node.send(workstation(), instances, signal)) {
          const one = made[instanceId - 1]
          if (outcome === 'failure' || !one) throw new ApiError('dimse-failure', note ?? 'An image was not taken.')
          stored.push(one)
          yield at('storing', 'The device sends its images.', 'C-STORE', stored.length)
        }
        if (signal.aborted) return
        await tell('set', endedStep('COMPLETED', seriesOf(stored), DEVICE_AE_TITLE, new Date()))
        isOpen = false
        yield at('ended', 'The device says that it is done, and which images it made.', 'N-SET, COMPLETED', total)
      } catch (error) {
        if (signal.aborted) return
        yield at('failed', error instanceof ApiError ? error.message : await sentenceOf(error), '', stored.length)
      } finally {
        // Stopped or failed: the step must not stay open, as a device that is switched off would leave it.
        const stopped = endedStep('DISCONTINUED', seriesOf(stored), DEVICE_AE_TITLE, new Date())
        if (isOpen) await tell('set', stopped).catch(() => {})
        rmSync(own, { recursive: true, force: true })
      }
    },
  }
}

interface Made {
  dataSet: Record<string, unknown>
  send: InstanceToSend
}

function instanceOf(instanceId: number, dataSet: Record<string, unknown>, path: string, bytes: number): InstanceToSend {
  return {
    ...{ instanceId, path, bytes, transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN },
    sopClassUID: String(dataSet.SOPClassUID),
    sopInstanceUID: String(dataSet.SOPInstanceUID),
  }
}

/** PS3.3 C.4.14: the series that were made, with their images. */
function seriesOf(made: readonly Made[]): ArrivedSeries[] {
  const bySeries = Map.groupBy(made, ({ dataSet }) => String(dataSet.SeriesInstanceUID))
  return [...bySeries].map(([seriesInstanceUID, images]) => ({
    seriesInstanceUID,
    description: String(images[0]?.dataSet.SeriesDescription ?? ''),
    modality: String(images[0]?.dataSet.Modality ?? ''),
    ...{ protocolName: 'Practice', operatorsName: '' },
    instances: images.map(({ send: { sopClassUID, sopInstanceUID } }) => ({ sopClassUID, sopInstanceUID })),
  }))
}

function orderOf(entry: NonNullable<ReturnType<typeof remoteItem>>, orderId: number): Order {
  const { content, accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID } = entry
  return {
    ...content,
    ...{ orderId, state: 'scheduled', createdAt: 0, changedAt: 0 },
    ...{ accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID },
    source: { kind: 'server', name: PRACTICE_AE_TITLE, serverId: 0 },
  }
}
