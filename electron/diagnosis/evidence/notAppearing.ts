import { diskOf } from '#electron/settings/hostStatus.ts'
import type { AssociationRow } from '#shared/contract/associations.ts'
import type { Finding } from '#shared/contract/diagnosis.ts'
import type { DiagnosisServices } from '../openDiagnosis.ts'
import { isAbout, refusals } from './refusals.ts'

const DAY_MS = 86_400_000
const LOOKED_AT = 500

/** R111: sent, and not to be seen. From the door to the list: are we open, was it let in, did it store, where does it lie? */
export async function notAppearing(services: DiagnosisServices, aeTitle: string): Promise<Finding[]> {
  const { associations } = services
  const accepted = (await associations.list({ kind: 'accepted', before: null, limit: LOOKED_AT })).filter(
    (row) => row.startedAt > Date.now() - DAY_MS && isAbout(row, aeTitle),
  )
  const refused = await refusals(services, aeTitle)
  return [
    listening(services),
    ...refused,
    connected(
      accepted,
      aeTitle,
      refused.some(({ result }) => result === 'fail'),
    ),
    ...(accepted.length > 0 ? [stored(accepted)] : []),
    await quarantined(services),
    await disk(services),
    {
      title: 'Patient',
      result: 'not-run',
      detail: 'An image lies under the Patient ID and the study that stand in it, not under those of an order.',
      how: 'Search the study list for the Patient ID that the device shows, in all dates; look into the trash as well.',
      page: 'studies',
    },
  ]
}

function listening({ listener, settings }: DiagnosisServices): Finding {
  const state = listener.state()
  if (state.state === 'listening')
    return {
      title: 'Listening',
      result: 'pass',
      detail: `as ${state.aeTitle}, port ${state.port}${state.tlsOnly ? ' (TLS only)' : ''}. The device must call exactly this.`,
      how: '',
      page: null,
    }
  return {
    title: 'Listening',
    result: 'fail',
    detail: state.state === 'failed' ? state.sentence : 'Nothing listens yet.',
    how: `Confirm AE title ${settings.current().aeTitle} and the port under Settings.`,
    page: 'settings',
  }
}

function connected(accepted: readonly AssociationRow[], aeTitle: string, wasRefused: boolean): Finding {
  const [last] = accepted
  if (last)
    return {
      title: 'Connected',
      result: 'pass',
      detail: `${last.callingAETitle} from ${last.address} was let in ${accepted.length} times in the last 24 hours.`,
      how: '',
      page: null,
    }
  return {
    title: 'Connected',
    result: 'fail',
    detail: aeTitle
      ? `${aeTitle} has not been let in during the last 24 hours.`
      : 'No device has been let in during the last 24 hours.',
    how: wasRefused
      ? 'See above why it was refused.'
      : 'It never reached us: compare address, port and AE title at the device, and the firewall of this computer.',
    page: null,
  }
}

function stored(accepted: readonly AssociationRow[]): Finding {
  const sum = (key: 'succeeded' | 'warned' | 'failed') => accepted.reduce((total, row) => total + row[key], 0)
  const failed = sum('failed')
  const good = sum('succeeded') + sum('warned')
  if (failed > 0)
    return {
      title: 'Requests',
      result: 'fail',
      detail: `${failed} requests of its were answered with a failure, ${good} were done.`,
      how: 'The transfer says for each image why it was not taken.',
      page: 'transfers',
    }
  return good > 0
    ? { title: 'Requests', result: 'pass', detail: `${good} requests of its were done.`, how: '', page: 'transfers' }
    : {
        title: 'Requests',
        result: 'warn',
        detail: 'It connected and asked for nothing: no image was sent.',
        how: 'Look into the sending queue of the device; it may not agree on a kind of image or an encoding.',
        page: 'settings',
      }
}

async function quarantined({ archive }: DiagnosisServices): Promise<Finding> {
  const { total } = await archive.reader.listQuarantined(1)
  return total === 0
    ? { title: 'Quarantine', result: 'pass', detail: 'empty', how: '', page: null }
    : {
        title: 'Quarantine',
        result: 'warn',
        detail: `${total} ${total === 1 ? 'object waits' : 'objects wait'} there: same UID as an image here, other content.`,
        how: 'Look at them and decide which to keep.',
        page: 'studies',
      }
}

async function disk({ archive, settings }: DiagnosisServices): Promise<Finding> {
  const { freeBytes } = await diskOf(await archive.reader.storageFolder())
  const gigabytes = (freeBytes / 1e9).toFixed(1)
  return freeBytes > settings.current().minFreeMegabytes * 1e6
    ? { title: 'Disk', result: 'pass', detail: `${gigabytes} GB free`, how: '', page: null }
    : {
        title: 'Disk',
        result: 'fail',
        detail: `${gigabytes} GB free: images are refused until there is more.`,
        how: 'Make room, or move the archive to a larger disk.',
        page: 'settings',
      }
}
