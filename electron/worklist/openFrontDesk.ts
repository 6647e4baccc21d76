import type { Archive } from '#electron/archive/openArchive.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { Order } from '#shared/contract/order.ts'
import type { RemoteItem } from '#shared/contract/worklist.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { type AskedWorklist, remoteItem, worklistKeys } from './remoteItem.ts'
import { begunStep, endedStep } from './stepAttributes.ts'
import { StepReports } from './stepReports.ts'
import { worklistPeer } from './worklistPeer.ts'

export interface FrontDeskParts {
  archive: Pick<Archive, 'reader' | 'writer' | 'onChange'>
  node: Pick<Remote<NodeApi>, 'findWorklist' | 'sendStep'>
  servers: Pick<ServerList, 'get' | 'rows'>
  settings: Pick<SettingsStore, 'current'>
  certificates: CallerCertificates
}

const LOOK_BACK_MS = 2 * 24 * 60 * 60 * 1000
const ITEMS_MAX = 500

export interface FrontDesk {
  start(orderId: number): Promise<void>
  end(orderId: number, how: 'COMPLETED' | 'DISCONTINUED'): Promise<void>
  /** What its server did not take is due at once. Throws ApiError. */
  tellAgain(orderId: number): Promise<void>
  /** The items of a server's worklist, in batches. Throws ApiError. */
  askServer(serverId: number, asked: AskedWorklist, signal: AbortSignal): AsyncIterable<RemoteItem[]>
  take(item: RemoteItem): Promise<Order>
  close(): Promise<void>
}

/** What the front desk does beside keeping requests: images find theirs, servers are asked and told. */
export function openFrontDesk(parts: FrontDeskParts): FrontDesk {
  const { archive, node, servers, settings, certificates } = parts
  const report = (error: unknown) => {
    if ((error as { code?: string }).code !== 'THREAD_GONE')
      console.error(`Front desk: ${(error as { code?: string }).code ?? 'unknown error'}`)
  }
  const stopWatching = archive.onChange((studyIds) => void archive.writer.matchStudies(studyIds).catch(report))
  void archive.writer.matchRecent(Date.now() - LOOK_BACK_MS).catch(report)
  const peer = (serverId: number) => {
    const row = servers.rows().find((each) => each.serverId === serverId)
    return row && worklistPeer(row, settings.current(), certificates)
  }
  const reports = new StepReports({ archive, node, peer })

  async function orderOrThrow(orderId: number): Promise<Order> {
    const order = await archive.reader.getOrder(orderId)
    if (!order) throw new ApiError('not-found', 'This request is no longer here.')
    return order
  }

  return {
    async start(orderId) {
      const order = await orderOrThrow(orderId)
      const { serverId } = order.source
      if (order.state !== 'scheduled') throw new ApiError('invalid-input', 'Only a scheduled request can be started.')
      if (serverId === null) {
        await archive.writer.setOrderState(orderId, 'in-progress')
        return
      }
      const attributes = begunStep(order, settings.current().aeTitle, new Date())
      const step = { orderId, serverId, sopInstanceUID: newUID(), attributes }
      if (!(await archive.writer.reportStep({ ...step, kind: 'create', state: 'IN PROGRESS' })))
        throw new ApiError('invalid-input', 'Somebody has started this request meanwhile.')
      reports.look()
    },
    async end(orderId, how) {
      const order = await orderOrThrow(orderId)
      const step = await archive.reader.ownStep(orderId)
      if (!step) {
        await archive.writer.setOrderState(orderId, how === 'COMPLETED' ? 'completed' : 'discontinued')
        return
      }
      const series = await archive.reader.arrivedSeries(orderId)
      if (how === 'COMPLETED' && series.length === 0)
        throw new ApiError(
          'invalid-input',
          `No image of this request is here yet, and ${order.source.name} wants to know which were made. Wait for them, or discontinue.`,
        )
      const attributes = endedStep(how, series, settings.current().aeTitle, new Date())
      const { serverId, sopInstanceUID } = step
      if (
        !(await archive.writer.reportStep({ orderId, serverId, sopInstanceUID, kind: 'set', state: how, attributes }))
      )
        throw new ApiError('invalid-input', 'Somebody has ended this request meanwhile.')
      reports.look()
    },
    async tellAgain(orderId) {
      await orderOrThrow(orderId)
      await archive.writer.retryReports(orderId)
      reports.look()
    },
    async *askServer(serverId, asked, signal) {
      const server = servers.get(serverId)
      const called = worklistPeer(server, settings.current(), certificates)
      const stationAETitle = asked.stationAETitle || server.scheduledStationAETitle
      const keys = worklistKeys({ ...asked, stationAETitle })
      let batch: RemoteItem[] = []
      let total = 0
      try {
        for await (const match of node.findWorklist(called, keys, signal)) {
          const item = remoteItem({ serverId, name: server.name }, match)
          if (!item) continue
          batch.push(item)
          total += 1
          if (total >= ITEMS_MAX) break // leaving the loop sends C-CANCEL
          if (batch.length < 50) continue
          yield batch
          batch = []
        }
      } catch (error) {
        if (signal.aborted) return
        const { sentence } = failureOf(error, await callContext(called))
        throw new ApiError('dimse-failure', sentence)
      }
      yield batch
    },
    async take(item) {
      const { serverId, content, key } = item
      const server = servers.get(serverId)
      const { accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID } = item
      return archive.writer.createOrder({
        content,
        source: { kind: 'server', name: server.name, serverId },
        sourceKey: `server:${serverId}:${key}`,
        given: { accessionNumber, studyInstanceUID, requestedProcedureID, scheduledProcedureStepID },
      })
    },
    async close() {
      stopWatching()
      await reports.close()
    },
  }
}
