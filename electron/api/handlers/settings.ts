import { certificateWarnings } from '#electron/certificates/certificateWarnings.ts'
import { endpointOf } from '#electron/listening/endpointOf.ts'
import { about } from '#electron/settings/about.ts'
import { checkFolder } from '#electron/settings/checkFolder.ts'
import { checkPort } from '#electron/settings/checkPort.ts'
import { hostStatus } from '#electron/settings/hostStatus.ts'
import { localAddresses } from '#electron/settings/localAddresses.ts'
import { addDemoStudies } from '#electron/studies/addDemoStudies.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { SettingsView } from '#shared/contract/settings.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { ownPort, ownTlsPort } from '../ownPort.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

/** Disk space and addresses change without telling. */
const STATUS_MS = 2000

export function settingsHandlers(parts: WorkstationParts): Handlers<WorkstationContract>['settings'] {
  const { settings, listener, archive, transfers, host, certificates, servers, devices, trash } = parts
  const view = (): SettingsView => {
    return {
      settings: { ...settings.current(), dicomPort: ownPort(parts), tlsPort: ownTlsPort(parts) },
      storageFolder: archive.storageFolder,
      confirmed: settings.confirmed(),
      fixed: settings.fixed,
      problem: settings.problem(),
    }
  }
  const portCheck = (port: number, bindAddress = settings.current().bindAddress) => {
    const state = listener.state()
    const own = state.state === 'listening' && bindAddress === settings.current().bindAddress
    return checkPort(endpointOf({ dicomPort: port, bindAddress }), own ? state.port : undefined)
  }
  const onViewChange = (notify: () => void) => {
    const stops = [settings.onChange(notify), listener.onChange(notify), archive.onStorageFolder(notify)]
    return () => {
      for (const stop of stops) stop()
    }
  }
  return {
    watch: (_, { signal }) => throttled({ signal, subscribe: onViewChange, take: view }),
    async update(patch) {
      const { dicomPort, bindAddress } = patch
      // A port that cannot be had must not take the place of one that works.
      if (settings.confirmed() && (dicomPort !== undefined || bindAddress !== undefined)) {
        const check = await portCheck(dicomPort ?? ownPort(parts), bindAddress)
        if (!check.free) throw new ApiError('invalid-input', check.sentence, { field: 'dicomPort' })
      }
      settings.update(patch)
      return view()
    },
    async confirm({ aeTitle, dicomPort, accept }) {
      // The port may have been taken since the card looked; then nothing is confirmed yet.
      const check = await portCheck(dicomPort)
      if (!check.free) throw new ApiError('invalid-input', check.sentence, { field: 'dicomPort' })
      settings.update({ aeTitle, dicomPort, ...checksOf(accept) })
      settings.confirm()
      await listener.apply()
      return view()
    },
    checkPort: ({ port, bindAddress }) => portCheck(port, bindAddress),
    addresses: () => localAddresses(),
    checkFolder: ({ folder }) => checkFolder(folder, archive.storageFolder),
    async *relocate({ folder, how }, { signal }) {
      let last = { done: 0, total: 0 }
      try {
        for await (const progress of archive.writer.relocate(folder, how, signal)) {
          last = progress
          yield { ...progress, finished: false }
        }
      } catch (error) {
        throw signal.aborted ? error : new ApiError('invalid-input', sentenceOf(error), { field: 'folder' })
      }
      await listener.apply()
      yield { ...last, finished: true }
    },
    status: (_, { signal }) =>
      throttled({
        signal,
        everyMs: STATUS_MS,
        intervalMs: 500,
        subscribe: (notify) => {
          const stops = [
            listener.onChange(notify),
            transfers.onChange(notify),
            archive.onChange(notify),
            archive.onWorklist(notify),
            devices.onChange(notify),
            trash.onChange(notify),
          ]
          return () => {
            for (const stop of stops) stop()
          }
        },
        take: () =>
          hostStatus({
            listening: () => listener.state(),
            bindAddress: settings.current().bindAddress,
            transfers: () => transfers.rows(),
            arriving: () => transfers.arriving(),
            knocks: () => devices.knocks().length,
            certificates: () => certificateWarnings(certificates.view(), servers.rows()),
            storageFolder: archive.storageFolder,
            trashProblem: () => trash.problem(),
            deskAttention: () => archive.reader.deskAttention(dateOf(new Date()), Date.now()),
            studies: async () => (await archive.reader.totals()).studies,
          }),
      }),
    addDemoStudies: async () => ({ studyIds: await addDemoStudies(transfers) }),
    about: () => about(host),
  }
}

/** The archive's own words; a fault of the thread has none for a user. */
function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.name === 'StorageError') return `${error.message}.`.replace(/\.\.$/, '.')
  return 'The archive could not be moved. It stays where it is; the log has the details.'
}
