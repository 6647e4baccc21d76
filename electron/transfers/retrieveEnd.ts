import type { MoveProgress } from '#electron/dicom/nodeApi.ts'
import { dimseSentence, statusCode } from '#electron/servers/dimseSentence.ts'
import type { EndState } from './transfer.ts'

export interface RetrieveResult {
  by: 'move' | 'get'
  final: MoveProgress
  /** What came in here, whatever the server says. */
  arrived: number
  /** By the last request alone. */
  arrivedNow: number
  /** Came in, and could not be kept here. */
  refusedHere: number
  total: number | null
  serverName: string
  /** The three values that the server's administrator enters. */
  destination: { aeTitle: string; address: string; port: number }
}

/** How a retrieve ended: what the server says it sent, held against what arrived (PS3.4 table C.4-2). */
export function retrieveEnd(result: RetrieveResult): { state: EndState; message: string } {
  const { final, arrived, refusedHere, total, serverName } = result
  const { status } = final
  const some: EndState = arrived > 0 ? 'partial' : 'failed'
  const count = `${serverName} sent ${arrived}${total === null ? '' : ` of ${total}`} images.`
  if (status === 0xfe00) return { state: 'cancelled', message: `Stopped after ${arrived} of ${total ?? '?'} images.` }
  if (isUnknownDestination(result)) return { state: 'failed', message: unknownDestination(result) }
  if (status !== 0 && !(status >= 0xb000 && status <= 0xbfff)) {
    const why = refusedHere > 0 ? REFUSED_HERE : dimseSentence(status, serverName, final.errorComment)
    return { state: some, message: `${arrived > 0 ? `${count} ` : ''}${why}${secondConnection(result)}` }
  }
  if (refusedHere > 0)
    return { state: some, message: `${count} ${refusedHere} could not be kept here; the list says why for each.` }
  if (final.failed > 0)
    return {
      state: some,
      message: `${count} It could not send ${final.failed}. Retry asks for these again.${secondConnection(result)}`,
    }
  if (arrived === 0 && final.completed === 0)
    return {
      state: 'failed',
      message: `${serverName} has nothing to send of this study. It may have been deleted there: search again.`,
    }
  if (arrived < final.completed)
    return {
      state: some,
      message: `${serverName} says that it sent ${final.completed} images; ${arrived} arrived here.${elsewhere(result)}`,
    }
  if (total !== null && arrived < total) return { state: some, message: `${count} Retry asks for the others.` }
  return { state: 'done', message: '' }
}

const REFUSED_HERE = 'The images could not be kept here; the list says why for each.'

/** R087: where nothing came in at all, the way may be closed. */
function secondConnection({ by, arrivedNow, refusedHere, serverName, destination }: RetrieveResult): string {
  if (by === 'get' || arrivedNow > 0 || refusedHere > 0) return ''
  const { address, port } = destination
  return ` Images come on a second connection, from ${serverName} to ${address}, port ${port}: firewalls and routers must let it through. GET, under Servers, needs none.`
}

function elsewhere({ by, destination }: RetrieveResult): string {
  return by === 'get' ? '' : ` If none do, its entry for ${destination.aeTitle} leads elsewhere.`
}

/** A801 is the standard's word for it. Orthanc 1.10.1 answers C000 before any sub-operation (conformance test). */
function isUnknownDestination({ by, final, arrived }: RetrieveResult): boolean {
  if (by === 'get') return false
  if (final.status === 0xa801) return true
  return final.status === 0xc000 && arrived === 0 && final.completed === 0 && final.failed === 0
}

function unknownDestination({ final, serverName, destination }: RetrieveResult): string {
  const { aeTitle, address, port } = destination
  const enter = `Its administrator must enter these three values: AE title ${aeTitle}, address ${address}, port ${port}. (${statusCode(final.status)})`
  return final.status === 0xa801
    ? `${serverName} found the study but has no address for ${aeTitle}. ${enter}`
    : `${serverName} could not send to ${aeTitle}; most likely it has no address for it. ${enter}`
}
