import { join } from 'node:path'
import { dataPlane } from '#electron/api/dataPlane.ts'
import { handlers } from '#electron/api/handlers.ts'
import type { WorkstationParts } from '#electron/api/workstationParts.ts'
import { ArchiveOpenError } from '#electron/archive/archiveOpenError.ts'
import { lockDataFolder } from '#electron/archive/lockDataFolder.ts'
import { openArchive } from '#electron/archive/openArchive.ts'
import { AssociationLog } from '#electron/associations/associationLog.ts'
import { WebLog } from '#electron/associations/webLog.ts'
import { type CertificatesOptions, openCertificates } from '#electron/certificates/openCertificates.ts'
import { openCommitment } from '#electron/commitment/openCommitment.ts'
import { openCredentials } from '#electron/credentials/openCredentials.ts'
import { openDeviceList } from '#electron/devices/deviceList.ts'
import { openDevices } from '#electron/devices/openDevices.ts'
import { openDiagnosis } from '#electron/diagnosis/openDiagnosis.ts'
import type { NodeConfiguration } from '#electron/dicom/nodeApi.ts'
import { openNode } from '#electron/dicom/openNode.ts'
import { openDicomweb } from '#electron/dicomweb/openDicomweb.ts'
import { routeCalls } from '#electron/dicomweb/routeCalls.ts'
import { openDicomwebServer } from '#electron/dicomwebServer/openDicomwebServer.ts'
import type { WebUser } from '#electron/dicomwebServer/webApi.ts'
import { openRequestsIn } from '#electron/hl7/openRequestsIn.ts'
import { type Clock, systemClock } from '#electron/jobs/clock.ts'
import { endpointOf, secureEndpointOf } from '#electron/listening/endpointOf.ts'
import { Listener } from '#electron/listening/listener.ts'
import { listenerTls } from '#electron/listening/listenerTls.ts'
import { nodeConfiguration } from '#electron/listening/nodeConfiguration.ts'
import { NodeEvents } from '#electron/listening/nodeEvents.ts'
import { tellArrivals } from '#electron/notices/arrivals.ts'
import { openNoticePreferences } from '#electron/notices/noticePreferences.ts'
import { Notices } from '#electron/notices/notices.ts'
import { openNotifications } from '#electron/notifications/openNotifications.ts'
import { openPixels } from '#electron/pixels/openPixels.ts'
import { openPractice, type Practice, type PracticeHost } from '#electron/practice/openPractice.ts'
import { openRouting } from '#electron/routing/openRouting.ts'
import { peerOf } from '#electron/servers/peer.ts'
import { openServers } from '#electron/servers/serverList.ts'
import { usualSiteFile } from '#electron/servers/siteServers.ts'
import { DailyTrash } from '#electron/settings/dailyTrash.ts'
import { openSettings, type SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { openViewerPreferences } from '#electron/settings/viewerPreferences.ts'
import { deployProfile } from '#electron/siteProfile/deployProfile.ts'
import { FollowedProfile } from '#electron/siteProfile/followedProfile.ts'
import { openSiteProfile } from '#electron/siteProfile/openSiteProfile.ts'
import { openTransfers } from '#electron/transfers/openTransfers.ts'
import { openFrontDesk } from '#electron/worklist/openFrontDesk.ts'
import { contract } from '#shared/contract/index.ts'
import { createServer } from '#shared/contract/serve.ts'
import type { Wire } from '#shared/contract/wire.ts'

export interface WorkstationOptions {
  dataFolder: string
  overrides: SettingsOverrides
  /** Certificates of the command line, and what hides our key where the host can reach a password store. */
  certificates?: { seal?: CertificatesOptions['seal']; given?: CertificatesOptions['given'] }
  /** Locks passwords of servers where there is no such store; '' or undefined: then none can be kept. */
  passphrase?: string | undefined
  /** R020: the administrator's servers; the usual place of the system when undefined. */
  serversIni?: string | undefined
  /** A site profile that the administrator laid there: followed from the start on. */
  siteProfile?: string | undefined
  /** Users of the DICOMweb server that the command line names. */
  dicomwebUsers?: readonly WebUser[]
  rebuildIndex: boolean
  host: 'desktop' | 'headless'
  /** This is the workstation of practice: what it is given instead of one of its own. */
  practice?: Practice
  /** For tests: by which jobs wait. */
  clock?: Clock
}

const DICOM_PORT = 11112
/** The index cannot be opened without a few kilobytes beside it. */
const isFull = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_WRITE', 'ENOSPC', 'no-space'])

/** The workstation cannot start; `message` is one line for whoever started it. */
export class WorkstationError extends Error {}

export interface Workstation extends WorkstationParts {
  /** Answers the page's calls on this wire until it closes. */
  serve(wire: Wire): void
  /** Pixels, thumbnails and imported files. */
  dataPlane(request: Request): Promise<Response>
  /** The same for the pages of practice; undefined in the workstation of practice itself. */
  practiceHost: PracticeHost | undefined
  /** No new associations; the object under way gets `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Opens every service in the order in which they need each other; both hosts run exactly this. */
export async function openWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const lock = lockOrSay(options.dataFolder)
  const configFolder = join(options.dataFolder, 'config')
  const followed = new FollowedProfile(join(configFolder, 'site-profile.json'))
  const settings = openSettings(options.dataFolder, options.overrides, followed.locksOn('settings'))
  const viewerPreferences = openViewerPreferences(options.dataFolder)
  const servers = openServers(options.dataFolder, {
    site: {
      file: options.serversIni ?? usualSiteFile(),
      given: options.serversIni !== undefined,
      ownPort: () => settings.current().dicomPort || DICOM_PORT,
      onOwnPort: settings.onChange,
    },
    locks: followed.locksOn('servers'),
    onlyThisComputer: options.practice !== undefined,
  })
  const noticePreferences = openNoticePreferences(options.dataFolder)
  const deviceList = openDeviceList(options.dataFolder, followed.locksOn('devices'))
  const siteProfile = openSiteProfile({
    ...{ followed, servers, devices: deviceList, settings },
    keyFile: join(configFolder, 'profile-key.pem'),
    seal: options.certificates?.seal,
  })
  const profileNotice = deployProfile(siteProfile, options.siteProfile)
  const certificates = await openCertificates({
    dataFolder: options.dataFolder,
    seal: options.certificates?.seal,
    given: options.certificates?.given ?? { identity: undefined, authorities: undefined },
  })
  const credentials = await openCredentials({
    dataFolder: options.dataFolder,
    seal: options.certificates?.seal,
    passphrase: options.passphrase ?? '',
  })
  // Of a list that could not be read nobody knows whose passwords are of no more use.
  if (!servers.notice) credentials.prune(servers.rows().map(({ serverId }) => serverId))
  for (const notice of [
    settings.notice,
    credentials.notice,
    viewerPreferences.notice,
    servers.notice,
    noticePreferences.notice,
    deviceList.notice,
    certificates.notice,
    followed.problem,
    profileNotice,
  ])
    if (notice) process.stderr.write(`negatoscope: ${notice}\n`)

  const archive = await openOrSay(options)
  if (options.rebuildIndex) await rebuild(archive.writer)
  const destinations = () => servers.rows().map((row) => peerOf(row, settings.current(), certificates))
  const configuration = async (): Promise<NodeConfiguration> =>
    nodeConfiguration(
      settings.current(),
      servers.rows(),
      await archive.reader.storageFolder(),
      destinations(),
      listenerTls(settings.current(), certificates),
      deviceList.devices(),
    )
  const node = await openNode({ archive, configuration: await configuration() })
  const pixels = openPixels({ locate: (instanceIds) => archive.reader.locate({ instanceIds }) })
  const listens = () => settings.confirmed()
  const listener = new Listener({
    node,
    configuration,
    endpoint: () => (listens() && settings.current().plainListener ? endpointOf(settings.current()) : undefined),
    secure: () => (listens() ? secureEndpointOf(settings.current(), certificates.identity() !== undefined) : {}),
    isOff: listens,
  })
  const associations = await AssociationLog.load(archive)
  const events = new NodeEvents(node)
  events.add(associations)
  const devices = await openDevices({ list: deviceList, archive, associations, events, servers, settings })
  const commitment = openCommitment({ archive, node, events, servers, settings, certificates })
  const webLog = new WebLog(associations)
  const dicomweb = openDicomweb({ archive, credentials, settings, log: webLog })
  const calls = routeCalls(node, dicomweb)
  const transfers = await openTransfers({
    archive,
    node,
    calls,
    events,
    servers,
    settings,
    certificates,
    commitment,
    listener,
    clock: options.clock,
  })
  const requestsIn = openRequestsIn(archive, settings)
  const frontDesk = openFrontDesk({ archive, node, servers, settings, certificates })
  const dicomwebServer = openDicomwebServer({
    ...{ dataFolder: options.dataFolder, archive, settings, certificates },
    givenUsers: options.dicomwebUsers ?? [],
    stored: (event) => transfers.received(event),
    log: webLog,
  })
  if (dicomwebServer.users.notice) process.stderr.write(`negatoscope: ${dicomwebServer.users.notice}\n`)
  const trash = new DailyTrash(() => archive.writer.emptyTrash(settings.current().trashDays))
  const notices = new Notices()
  const stopTelling = tellArrivals({
    ...{ transfers, reader: archive.reader, notices, preferences: noticePreferences, now: Date.now },
  })
  const notifications = openNotifications({
    ...{ dataFolder: options.dataFolder, servers, settings, certificates, transfers, notices },
    reader: archive.reader,
    isPractice: options.practice !== undefined,
  })
  if (notifications.notice) process.stderr.write(`negatoscope: ${notifications.notice}\n`)
  const routing = await openRouting({
    ...{ dataFolder: options.dataFolder, archive, servers, transfers, node: calls, settings, certificates, notices },
    clock: options.clock ?? systemClock,
  })
  const { host } = options
  const practiceHost = options.practice
    ? undefined
    : openPractice({
        dataFolder: options.dataFolder,
        open: (own) => openWorkstation({ ...own, host, rebuildIndex: false }),
      })
  const practice = options.practice ?? practiceHost
  if (!practice) throw new Error('Practice is neither here nor there')
  const diagnosis = openDiagnosis({
    dataFolder: options.dataFolder,
    node,
    calls,
    dicomweb,
    events,
    archive,
    certificates,
    servers,
    settings,
    listener,
    transfers,
    associations,
    host,
  })
  const parts: WorkstationParts = {
    archive,
    associations,
    node,
    calls,
    dicomweb,
    credentials,
    pixels,
    settings,
    viewerPreferences,
    certificates,
    servers,
    devices,
    transfers,
    routing,
    notices,
    noticePreferences,
    notifications,
    siteProfile,
    diagnosis,
    frontDesk,
    requestsIn,
    dicomwebServer,
    listener,
    trash,
    practice,
    host,
  }

  settings.onChange(() => void listener.apply())
  certificates.onChange(() => void listener.apply())
  servers.onChange(() => void listener.apply())
  deviceList.onChange(() => void listener.apply())
  await listener.apply()
  await dicomwebServer.apply()
  await notifications.apply()
  await trash.run()

  let isClosing = false
  const serve = createServer(contract, handlers(parts), {
    onInternalError: (operation, error) => {
      // What is asked of services that end is nobody's fault.
      if (!isClosing) process.stderr.write(`negatoscope: ${operation}: ${stackOf(error)}\n`)
    },
  })
  return {
    ...parts,
    serve,
    dataPlane: dataPlane(parts),
    practiceHost,
    close: async (graceMs) => {
      isClosing = true
      trash.close()
      servers.close()
      listener.close()
      routing.close()
      stopTelling()
      transfers.stopJobs()
      // Together: none of them takes anything new from now on, and the slowest alone is waited for.
      await Promise.all([node.close(graceMs), notifications.close(), dicomwebServer.close(), practiceHost?.close()])
      await requestsIn.close()
      await frontDesk.close()
      await commitment.close()
      await transfers.close()
      await dicomweb.close()
      webLog.close()
      await associations.close()
      await devices.close()
      events.close()
      await node.terminate()
      await pixels.close()
      await archive.close()
      lock.release()
    },
  }
}

function lockOrSay(folder: string): { release(): void } {
  try {
    return lockDataFolder(folder)
  } catch (error) {
    throw new WorkstationError(error instanceof Error ? error.message : String(error))
  }
}

async function openOrSay({ dataFolder, rebuildIndex }: WorkstationOptions) {
  try {
    return await openArchive(dataFolder, { rebuildIndex })
  } catch (error) {
    if (error instanceof ArchiveOpenError) throw new WorkstationError(error.message, { cause: error })
    if (!isFull.has(String((error as { code?: unknown }).code))) throw error
    const sentence = `There is no space left on the disk of ${dataFolder}. Free some there, then start again.`
    throw new WorkstationError(sentence, { cause: error })
  }
}

async function rebuild(writer: Awaited<ReturnType<typeof openArchive>>['writer']): Promise<void> {
  for await (const { done, total, failed } of writer.rebuildIndex(new AbortController().signal)) {
    process.stderr.write(`negatoscope: indexing ${done} of ${total}, ${failed} not readable\n`)
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
