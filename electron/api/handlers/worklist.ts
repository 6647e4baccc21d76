import { findBreeds } from '#electron/worklist/animalCodes.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Order } from '#shared/contract/order.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

/** Images arrive many a second; a board that a person reads needs no more. */
const BOARD_INTERVAL_MS = 300
/** Late and missing depend on the hour, not on a change. */
const BOARD_EVERY_MS = 30_000

export function worklistHandlers({
  archive,
  frontDesk,
  servers,
  requestsIn,
  devices,
}: Pick<
  WorkstationParts,
  'archive' | 'frontDesk' | 'servers' | 'requestsIn' | 'devices'
>): Handlers<WorkstationContract>['worklist'] {
  const { reader, writer } = archive
  return {
    board: ({ from, to, text = '', modalities = [], stationAETitle = '' }, { signal }) =>
      throttled({
        signal,
        intervalMs: BOARD_INTERVAL_MS,
        everyMs: BOARD_EVERY_MS,
        subscribe(notify) {
          const stops = [archive.onWorklist(notify), archive.onChange(notify)]
          return () => {
            for (const stop of stops) stop()
          }
        },
        take: () => reader.board(from, to, { text, modalities, stationAETitle }),
      }),
    create: (content) => writer.createOrder({ content, source: { kind: 'front-desk', name: '', serverId: null } }),
    async update({ orderId, content, was }) {
      const updated = await writer.updateOrder(orderId, content, was)
      if (updated === 'changed')
        throw new ApiError(
          'invalid-input',
          'This request was changed in another window meanwhile. Discard shows it; saving again overwrites it.',
          { field: 'was' },
        )
      return known(updated)
    },
    async cancel({ orderId }) {
      const { state } = known(await writer.setOrderState(orderId, 'cancelled'))
      if (state !== 'cancelled')
        throw new ApiError('invalid-input', 'Its examination has begun: mark the request as done, or discontinue it.')
      return {}
    },
    async reopen({ orderId }) {
      known(await writer.setOrderState(orderId, 'scheduled'))
      return {}
    },
    async start({ orderId }) {
      await frontDesk.start(orderId)
      return {}
    },
    async complete({ orderId }) {
      await frontDesk.end(orderId, 'COMPLETED')
      return {}
    },
    async discontinue({ orderId }) {
      await frontDesk.end(orderId, 'DISCONTINUED')
      return {}
    },
    async tellAgain({ orderId }) {
      await frontDesk.tellAgain(orderId)
      return {}
    },
    async attach({ orderId, studyId }) {
      if (!(await writer.attachStudy(orderId, studyId)))
        throw new ApiError('not-found', 'The request or the images are no longer here.')
      return {}
    },
    async leave({ studyId }) {
      await writer.leaveStudy(studyId)
      return {}
    },
    async leaveStep({ sopInstanceUID }) {
      await writer.leaveStep(sopInstanceUID)
      return {}
    },
    findPatients: ({ text }) => reader.findPatients(text),
    patients: (page) => reader.listPatients(page),
    patientStudies: async ({ patientRef }) => ({ studyIds: await reader.studiesOfPatient(patientRef) }),
    breeds: ({ species, text }) => findBreeds(species, text),
    async devices() {
      const known = (await devices.view()).devices.map(({ aeTitle, vendor, model, place }) => ({
        aeTitle,
        name: [vendor, model, place].filter(Boolean).join(', '),
      }))
      const named = [...known, ...servers.rows().map(({ aeTitle, name }) => ({ aeTitle, name }))]
      const seen = (await reader.seenStations()).map((aeTitle) => ({ aeTitle, name: '' }))
      // A device of the list says most of itself; a server may be one, or have one behind it.
      const all = new Map([...seen, ...named.toReversed()].map((each) => [each.aeTitle, each]))
      return [...all.values()].filter(({ aeTitle }) => aeTitle !== '')
    },
    procedures: () => reader.listProcedures(),
    async saveProcedure(procedure) {
      await writer.saveProcedure(procedure)
      return {}
    },
    async deleteProcedure({ procedureId }) {
      await writer.deleteProcedure(procedureId)
      return {}
    },
    askServer: ({ serverId, ...asked }, { signal }) => frontDesk.askServer(serverId, asked, signal),
    take: (item) => frontDesk.take(item),
    makeOrderToken: () => ({ token: requestsIn.makeToken() }),
    inputs: async ({ limit }) => ({ rows: await reader.listInputs(limit), ...requestsIn.state() }),
  }
}

function known(order: Order | undefined): Order {
  if (!order) throw new ApiError('not-found', 'This request is no longer here.')
  return order
}
