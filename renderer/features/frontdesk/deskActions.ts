import { Ban, Check, RotateCcw } from 'lucide-react'
import type { Order } from '#shared/contract/order.ts'
import type { Card, RemoteItem } from '#shared/contract/worklist.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { client } from '../../api/client.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'

const nameOf = ({ patient }: Pick<Order, 'patient'>) => formatPersonName(patient.patientName)

/** True when it is done; why it is not is shown. */
async function act(work: () => Promise<unknown>, done?: () => void): Promise<boolean> {
  try {
    await work()
    done?.()
    return true
  } catch (error) {
    showFailure(error)
    return false
  }
}

export const startOrder = ({ orderId }: Order) => act(() => client.worklist.start({ orderId }))

export const completeOrder = (order: Order) =>
  act(
    () => client.worklist.complete({ orderId: order.orderId }),
    () => undoable(order, Check, `${nameOf(order)} is done`),
  )

export const discontinueOrder = (order: Order) =>
  act(
    () => client.worklist.discontinue({ orderId: order.orderId }),
    () => undoable(order, Ban, `${nameOf(order)} is closed without the images`),
  )

export const cancelOrder = (order: Order) =>
  act(
    () => client.worklist.cancel({ orderId: order.orderId }),
    () => undoable(order, Ban, `The request for ${nameOf(order)} is cancelled`),
  )

/** What its server has not taken. */
export const tellAgain = (order: Order) =>
  act(
    () => client.worklist.tellAgain({ orderId: order.orderId }),
    () => showToast({ icon: RotateCcw, message: `${order.source.name} is told again` }),
  )

export const reopenOrder = ({ orderId }: Order) => act(() => client.worklist.reopen({ orderId }))

/** Back to where it stood. What a server was told of the end of its own request cannot be taken back. */
function undoable(order: Order, icon: typeof Check, message: string): void {
  const { orderId, state, source } = order
  const isTold = state === 'in-progress' && source.kind === 'server'
  const back = () =>
    act(async () => {
      await client.worklist.reopen({ orderId })
      if (state === 'in-progress') await client.worklist.start({ orderId })
    })
  showToast({ icon, message, ...(isTold ? {} : { action: { label: 'Undo', onAct: () => void back(), undo: true } }) })
}

export const attachStudy = (order: Order, studyId: number) =>
  act(
    () => client.worklist.attach({ orderId: order.orderId, studyId }),
    () => showToast({ icon: Check, tone: 'ok', message: `The images belong to ${nameOf(order)} now` }),
  )

export const leaveStudy = (studyId: number) =>
  act(
    () => client.worklist.leave({ studyId }),
    () => showToast({ icon: RotateCcw, message: 'The images stay in the archive, without a request' }),
  )

/** Images that are here by their patient ID alone belong here: nobody is asked again. */
export const keepImages = ({ order, byPatientId }: Card) =>
  act(
    () => attachAll(order, byPatientId.studyIds),
    () => showToast({ icon: Check, tone: 'ok', message: `The images belong to ${nameOf(order)} now` }),
  )

/** They belong to no request. */
export const takeImagesOff = ({ order, byPatientId: { studyIds } }: Card) =>
  act(
    async () => {
      for (const studyId of studyIds) await client.worklist.leave({ studyId })
    },
    () =>
      showToast({
        icon: RotateCcw,
        message: 'The images stay in the archive, without a request',
        action: { label: 'Undo', onAct: () => void act(() => attachAll(order, studyIds)), undo: true },
      }),
  )

async function attachAll({ orderId }: Order, studyIds: readonly number[]): Promise<void> {
  for (const studyId of studyIds) await client.worklist.attach({ orderId, studyId })
}

export const leaveStep = (sopInstanceUID: string) => act(() => client.worklist.leaveStep({ sopInstanceUID }))

export const takeItem = (item: RemoteItem) => act(() => client.worklist.take(item))

export const startItem = (item: RemoteItem) =>
  act(async () => {
    const { orderId } = await client.worklist.take(item)
    await client.worklist.start({ orderId })
  })
