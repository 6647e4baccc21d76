import type { Archive } from '#electron/archive/openArchive.ts'
import type { AssociationLog } from '#electron/associations/associationLog.ts'
import type { NodeEvents } from '#electron/listening/nodeEvents.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { DeviceFields, DeviceRow, DevicesView, Knock } from '#shared/contract/devices.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { isCallerOf } from './callerNames.ts'
import type { Device, DeviceList } from './deviceList.ts'
import { deviceRowOf, strangersOf } from './deviceRows.ts'
import { isLetIn } from './isLetIn.ts'
import { knockAdvice } from './knockAdvice.ts'
import { Knocks, type RefusedCaller } from './knocks.ts'
import { recallKnocks } from './recallKnocks.ts'
import { Sightings } from './sightings.ts'

export interface DevicesParts {
  list: DeviceList
  archive: Pick<Archive, 'reader' | 'writer'>
  associations: Pick<AssociationLog, 'list' | 'details'>
  events: NodeEvents
  servers: Pick<ServerList, 'rows' | 'onChange'>
  settings: Pick<SettingsStore, 'current' | 'onChange'>
}

export interface Devices {
  view(): Promise<DevicesView>
  /** Refused callers that wait for a person. */
  knocks(): Knock[]
  row(device: Device): DeviceRow
  allow(knockId: string): DeviceRow
  acceptAlias(knockId: string, deviceId: number): DeviceRow
  block(knockId: string): DeviceRow
  ignore(knockId: string): void
  readonly list: DeviceList
  readonly sightings: Sightings
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

const STRANGERS_SHOWN = 50

const newDevice: Omit<DeviceFields, 'aeTitle'> = {
  ...{ address: '', vendor: '', model: '', modality: '', place: '', note: '' },
  ...{ aliases: [], calledAs: [], access: 'allow' },
}

/** What calls us: the list that a person keeps, what was seen of each, and who was refused. */
export async function openDevices(parts: DevicesParts): Promise<Devices> {
  const { list, archive, servers, settings } = parts
  const sightings = await Sightings.load(archive)
  const knocked = new Knocks()
  await recallKnocks(knocked, parts.associations)
  parts.events.add(sightings)
  parts.events.add(knocked)

  const here = () => ({ aeTitle: settings.current().aeTitle, devices: list.devices(), servers: servers.rows() })
  const isIgnored = ({ aeTitle, address, calledAETitle }: RefusedCaller) =>
    list
      .ignored()
      .some((one) => one.aeTitle === aeTitle && one.address === address && one.calledAETitle === calledAETitle)
  const isBlocked = (knock: RefusedCaller) =>
    list.devices().some((device) => device.access === 'deny' && isCallerOf(device, knock))
  const waiting = () => {
    const now = here()
    const checks = settings.current()
    return knocked.all().filter((knock) => !isBlocked(knock) && !isLetIn(knock, now, checks))
  }
  const knocks = (): Knock[] => {
    const now = here()
    return waiting()
      .filter((knock) => !isIgnored(knock))
      .map((knock) => ({
        ...knock,
        canAllow: aeTitleProblem(knock.aeTitle) === undefined,
        callsOther: knock.calledAETitle !== now.aeTitle,
        advice: knockAdvice(knock, now),
      }))
  }
  const knockOf = (knockId: string): RefusedCaller => {
    const knock = knocked.get(knockId)
    if (!knock)
      throw new ApiError('not-found', 'This caller is no longer in the list. When it calls again it comes back.')
    return knock
  }
  /** The other name by which this caller called us, to be answered from now on. */
  const calledAs = ({ calledAETitle }: RefusedCaller) => {
    const { aeTitle, checkCalledAETitle } = settings.current()
    if (calledAETitle === aeTitle) return []
    if (aeTitleProblem(calledAETitle) === undefined) return [calledAETitle]
    if (!checkCalledAETitle) return []
    throw new ApiError('invalid-input', `The name by which it calls us is no AE title. Enter ${aeTitle} at the device.`)
  }
  const row = (device: Device, seen = sightings.all(), now = Date.now()): DeviceRow => ({
    ...deviceRowOf(device, seen, now),
    locked: list.isLocked(device),
  })
  const put = (device: Device, change: Partial<DeviceFields>) => {
    const { deviceId, revision, ...fields } = device
    return row(list.update(deviceId, revision, { ...fields, ...change }))
  }
  const enter = (knock: RefusedCaller, change: Partial<DeviceFields>) => {
    const { aeTitle, address } = knock
    const known = list.devices().find((one) => one.aeTitle === aeTitle && one.address === address)
    if (known) return put(known, { ...change, calledAs: [...new Set([...known.calledAs, ...(change.calledAs ?? [])])] })
    return row(list.add({ ...newDevice, aeTitle, address, ...change }))
  }
  return {
    list,
    sightings,
    row,
    knocks,
    async view() {
      const now = Date.now()
      const seen = sightings.all()
      const rows = list.devices().map((device) => row(device, seen, now))
      const strangers = strangersOf(list.devices(), servers.rows(), seen, now).slice(0, STRANGERS_SHOWN)
      const names = await patientNames(archive, [...rows, ...strangers])
      const named = <Row extends { lastStudyId: number | null }>(one: Row) => {
        const name = names.get(one.lastStudyId ?? 0)
        return name === undefined ? { ...one, lastImageOf: '', lastStudyId: null } : { ...one, lastImageOf: name }
      }
      const shown = knocks()
      const ignored = waiting().length - shown.length
      return { devices: rows.map(named), callers: strangers.map(named), knocks: shown, ignored }
    },
    allow(knockId) {
      const knock = knockOf(knockId)
      return enter(knock, { access: 'allow', calledAs: calledAs(knock) })
    },
    block: (knockId) => enter(knockOf(knockId), { access: 'deny' }),
    acceptAlias(knockId, deviceId) {
      const knock = knockOf(knockId)
      const device = list.get(deviceId)
      const isOwnName = device.aeTitle === knock.aeTitle || device.aliases.includes(knock.aeTitle)
      return put(device, {
        aliases: isOwnName ? device.aliases : [...device.aliases, knock.aeTitle],
        address: device.address === '' ? '' : knock.address,
        calledAs: [...new Set([...device.calledAs, ...calledAs(knock)])],
      })
    },
    ignore: (knockId) => list.ignore(knockOf(knockId)),
    onChange(listener) {
      const stops = [sightings, knocked, list, servers, settings].map((one) => one.onChange(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    close: () => sightings.close(),
  }
}

async function patientNames(
  archive: DevicesParts['archive'],
  rows: readonly { lastStudyId: number | null }[],
): Promise<Map<number, string>> {
  const studyIds = [...new Set(rows.flatMap(({ lastStudyId }) => lastStudyId ?? []))]
  if (studyIds.length === 0) return new Map()
  const studies = await archive.reader.getStudies(studyIds)
  return new Map(studies.map(({ studyId, patientName }) => [studyId, formatPersonName(patientName) || '(no name)']))
}
