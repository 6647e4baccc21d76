import { queryPeerOf } from '#electron/servers/webPeer.ts'
import { findRemote } from '#electron/studies/findRemote.ts'
import { remoteLook } from '#electron/studies/remoteLook.ts'
import { remoteSeries } from '#electron/studies/remoteSeries.ts'
import { studyStates } from '#electron/studies/studyStates.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { watchStudies } from '../watchStudies.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<
  WorkstationParts,
  'archive' | 'calls' | 'dicomweb' | 'pixels' | 'servers' | 'settings' | 'certificates' | 'routing'
>

export function studyHandlers(parts: Parts): Handlers<WorkstationContract>['studies'] {
  const { archive, calls: node, dicomweb, pixels, servers, settings, certificates, routing } = parts
  const { reader, writer } = archive
  const asked = (serverId: number, signal: AbortSignal) => {
    return { server: servers.get(serverId), settings: settings.current(), certificates, signal }
  }
  return {
    list: (filter) => reader.listStudies(filter),
    changes: (_, { signal }) => watchStudies(archive, signal),
    get: ({ studyIds }) => reader.getStudies(studyIds),
    states: async ({ studyIds }) => studyStates(await reader.studyStates(studyIds)),
    arrivals: ({ studyId }) => reader.studyArrivals(studyId),
    series: ({ studyId }) => reader.listSeries(studyId),
    images: ({ seriesId }) => reader.listImages(seriesId),
    async tags({ instanceId }) {
      const [instance] = await reader.locate({ instanceIds: [instanceId] })
      if (!instance) throw new ApiError('not-found', 'This image is no longer on this workstation.')
      const result = await pixels.dataElements(instance.path)
      if ('failure' in result) throw new ApiError('internal', result.failure)
      return result.elements
    },
    async markOpened({ studyId }) {
      await writer.markOpened(studyId)
      routing.opened(studyId)
      return {}
    },
    trash: ({ studyIds }) => writer.trashStudies(studyIds),
    restore: ({ studyIds }) => writer.restoreStudies(studyIds),
    findRemote: (input, { signal }) =>
      findRemote({ node, reader, writer, servers, settings, certificates }, input, signal),
    remoteSeries: ({ serverId, studyInstanceUID }, { signal }) =>
      remoteSeries(
        node,
        queryPeerOf(servers.get(serverId), settings.current(), certificates),
        studyInstanceUID,
        signal,
      ),
    async remotePicture({ serverId, ...series }, { signal }) {
      const found = await remoteLook(asked(serverId, signal), (route) => dicomweb.picture(route, series, signal))
      return { picture: found ? `data:${found.type};base64,${Buffer.from(found.bytes).toString('base64')}` : '' }
    },
    remoteTags: ({ serverId, ...series }, { signal }) =>
      remoteLook(asked(serverId, signal), (route) => dicomweb.metadata(route, series, signal)),
  }
}
