import { join } from 'node:path'
import { z } from 'zod'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import type { Locks } from '#electron/settings/locks.ts'
import { type DeviceFields, deviceFields } from '#shared/contract/devices.ts'
import { ApiError } from '#shared/contract/errors.ts'

/** A device as it is kept; what is counted of it lives in the archive's database. */
export interface Device extends DeviceFields {
  deviceId: number
  revision: number
}

/** A refused caller that a person does not want to hear of. */
export interface Ignored {
  aeTitle: string
  address: string
  calledAETitle: string
}

export interface DeviceList {
  devices(): readonly Device[]
  ignored(): readonly Ignored[]
  /** Throws ApiError `not-found`. */
  get(deviceId: number): Device
  add(fields: DeviceFields): Device
  /** Throws ApiError `invalid-input` when somebody else changed it since `revision`. */
  update(deviceId: number, revision: number, fields: DeviceFields): Device
  delete(deviceId: number): void
  restore(deviceId: number): Device
  ignore(caller: Ignored): void
  showIgnored(): void
  /** The site profile's devices: each takes the place of the one of its AE title and address, or is added. */
  adopt(devices: readonly DeviceFields[]): void
  /** The site profile allows nobody to change it here. */
  isLocked(device: DeviceFields): boolean
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

const ignoredShape = z.object({ aeTitle: z.string(), address: z.string(), calledAETitle: z.string() })
const stored = z.object({
  lastDeviceId: z.number().int(),
  devices: z.array(deviceFields.extend({ deviceId: z.number().int(), revision: z.number().int() })),
  ignored: z.array(ignoredShape).catch([]),
})

const MAX_DEVICES = 2000
const MAX_IGNORED = 200
const MAX_DELETED = 50
const LOCKED = 'This device is set by the site profile that this workstation follows, and cannot be changed here.'
const GONE = 'This device is no longer in the list.'

/** The list is a JSON file beside that of the servers (ADR 0002): after a power cut the old or the new one is whole. */
export function openDeviceList(dataFolder: string, locks?: Locks<readonly DeviceFields[]>): DeviceList {
  const file = openConfigFile(join(dataFolder, 'config', 'devices.json'), stored)
  const changes = new Changes()
  const deleted = new Map<number, Device>()
  let state = file.value ?? { lastDeviceId: 0, devices: [], ignored: [] }

  const replace = (change: Partial<typeof state>) => {
    const next = { ...state, ...change }
    file.write(next)
    state = next
    changes.tell()
  }
  const get = (deviceId: number): Device => {
    const device = state.devices.find((one) => one.deviceId === deviceId)
    if (!device) throw new ApiError('not-found', GONE)
    return device
  }
  const isSame = (one: DeviceFields, other: DeviceFields) =>
    one.aeTitle === other.aeTitle && one.address === other.address
  const isLocked = (device: DeviceFields) => locks?.current()?.some((one) => isSame(one, device)) ?? false
  const own = (deviceId: number): Device => {
    const device = get(deviceId)
    if (isLocked(device)) throw new ApiError('invalid-input', LOCKED)
    return device
  }
  /** What a caller says of itself becomes no entry that cannot be read at the next start: that would cost all of them. */
  const checked = (fields: DeviceFields): DeviceFields => {
    const parsed = deviceFields.safeParse(fields)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new ApiError('invalid-input', issue?.message ?? 'This is no device.', { field: String(issue?.path[0] ?? '') })
  }
  const checkUnique = (fields: DeviceFields, except?: number) => {
    const same = state.devices.find(
      (one) => one.deviceId !== except && one.aeTitle === fields.aeTitle && one.address === fields.address,
    )
    if (!same) return
    const from = fields.address === '' ? 'from any address' : `at ${fields.address}`
    throw new ApiError('invalid-input', `${fields.aeTitle} ${from} is in the list already. Change that entry.`, {
      field: 'aeTitle',
    })
  }
  locks?.onChange(() => changes.tell())
  return {
    notice: file.notice,
    devices: () => state.devices,
    ignored: () => state.ignored,
    get,
    add(wanted) {
      const fields = checked(wanted)
      checkUnique(fields)
      if (state.devices.length >= MAX_DEVICES)
        throw new ApiError('invalid-input', `The list holds ${MAX_DEVICES} devices. Delete one that is gone.`)
      const device = { ...fields, deviceId: state.lastDeviceId + 1, revision: 1 }
      replace({ devices: [...state.devices, device], lastDeviceId: device.deviceId })
      return device
    },
    update(deviceId, revision, wanted) {
      const fields = checked(wanted)
      const before = own(deviceId)
      if (before.revision !== revision)
        throw new ApiError(
          'invalid-input',
          'Somebody changed this device in another window. Close this and open it again to see what it is now.',
        )
      checkUnique(fields, deviceId)
      const device = { ...fields, deviceId, revision: revision + 1 }
      replace({ devices: state.devices.map((one) => (one === before ? device : one)) })
      return device
    },
    delete(deviceId) {
      deleted.set(deviceId, own(deviceId))
      const [oldest] = deleted.keys()
      if (deleted.size > MAX_DELETED && oldest !== undefined) deleted.delete(oldest)
      replace({ devices: state.devices.filter((one) => one.deviceId !== deviceId) })
    },
    restore(deviceId) {
      const device = deleted.get(deviceId)
      if (!device) throw new ApiError('not-found', 'This device was deleted too long ago to take it back.')
      checkUnique(device)
      const devices = [...state.devices, device].toSorted((a, b) => a.deviceId - b.deviceId)
      replace({ devices })
      deleted.delete(deviceId)
      return device
    },
    ignore: ({ aeTitle, address, calledAETitle }) =>
      replace({ ignored: [...state.ignored, { aeTitle, address, calledAETitle }].slice(-MAX_IGNORED) }),
    isLocked,
    adopt(wanted) {
      let { devices, lastDeviceId } = state
      for (const fields of wanted) {
        const index = devices.findIndex((one) => isSame(one, fields))
        const before = devices[index]
        devices = before
          ? devices.with(index, { ...fields, deviceId: before.deviceId, revision: before.revision + 1 })
          : [...devices, { ...fields, deviceId: ++lastDeviceId, revision: 1 }]
      }
      if (devices !== state.devices) replace({ devices, lastDeviceId })
    },
    showIgnored: () => replace({ ignored: [] }),
    onChange: (listener) => changes.onChange(listener),
  }
}
