import { Ban, BellOff, Check, Trash2 } from 'lucide-react'
import type { DeviceFields, DeviceRow, Knock } from '#shared/contract/devices.ts'
import { client } from '../../api/client.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'

async function orSay<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    showFailure(error)
    return undefined
  }
}

/** Undo rather than ask. */
export async function deleteDevice({ deviceId, aeTitle }: DeviceRow): Promise<void> {
  if (!(await orSay(client.devices.delete({ deviceId })))) return
  showToast({
    icon: Trash2,
    message: `${aeTitle} is no longer in the list`,
    action: { label: 'Undo', undo: true, onAct: () => void orSay(client.devices.restore({ deviceId })) },
  })
}

export async function setAccess(device: DeviceRow, access: DeviceFields['access']): Promise<void> {
  const changed = await orSay(
    client.devices.update({
      deviceId: device.deviceId,
      revision: device.revision,
      fields: { ...fieldsOf(device), access },
    }),
  )
  if (!changed) return
  showToast({
    icon: access === 'deny' ? Ban : Check,
    message: access === 'deny' ? `${device.aeTitle} is refused from now on` : `${device.aeTitle} is let in from now on`,
    action: {
      label: 'Undo',
      undo: true,
      onAct: () =>
        void orSay(
          client.devices.update({
            ...{ deviceId: changed.deviceId, revision: changed.revision },
            fields: { ...fieldsOf(changed), access: device.access },
          }),
        ),
    },
  })
}

export function fieldsOf(device: DeviceRow): DeviceFields {
  const { aeTitle, address, vendor, model, modality, place, note, aliases, calledAs, access, scheduledAETitle } = device
  const fields = { aeTitle, address, vendor, model, modality, place, note, aliases, calledAs, access }
  return scheduledAETitle ? { ...fields, scheduledAETitle } : fields
}

export async function allowKnock({ knockId, aeTitle }: Knock): Promise<DeviceRow | undefined> {
  const device = await orSay(client.devices.allow({ knockId }))
  if (device)
    showToast({ icon: Check, tone: 'ok', message: `${aeTitle} is let in from now on. Try again at the device.` })
  return device
}

export async function acceptAlias({ knockId, aeTitle }: Knock, deviceId: number): Promise<DeviceRow | undefined> {
  const device = await orSay(client.devices.acceptAlias({ knockId, deviceId }))
  if (device)
    showToast({
      icon: Check,
      tone: 'ok',
      message: `${aeTitle} is let in as ${device.aeTitle}. Try again at the device.`,
    })
  return device
}

export async function blockKnock({ knockId, aeTitle }: Knock): Promise<void> {
  const device = await orSay(client.devices.block({ knockId }))
  if (!device) return
  showToast({
    icon: Ban,
    message: `${aeTitle} is refused without a word from now on`,
    action: {
      label: 'Undo',
      undo: true,
      onAct: () => void orSay(client.devices.delete({ deviceId: device.deviceId })),
    },
  })
}

export async function ignoreKnock({ knockId, aeTitle }: Knock): Promise<void> {
  if (!(await orSay(client.devices.ignore({ knockId })))) return
  showToast({
    icon: BellOff,
    message: `${aeTitle} is not shown any more while it calls just so`,
    action: { label: 'Undo', undo: true, onAct: () => void orSay(client.devices.showIgnored({})) },
  })
}

export async function showIgnored(): Promise<void> {
  await orSay(client.devices.showIgnored({}))
}
