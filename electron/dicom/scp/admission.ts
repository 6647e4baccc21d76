import { isIP } from 'node:net'
import {
  APPLICATION_CONTEXT_NOT_SUPPORTED,
  type AssociationReject,
  CALLED_AE_TITLE_NOT_RECOGNIZED,
  CALLING_AE_TITLE_NOT_RECOGNIZED,
  PROTOCOL_VERSION_NOT_SUPPORTED,
  TEMPORARY_CONGESTION,
} from '#shared/dicom/associationReject.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import type { AssociateRequest } from '../upperLayer/associatePdu.ts'
import { APPLICATION_CONTEXT_UID } from '../upperLayer/pduType.ts'
import { hostAddresses } from './hostAddresses.ts'

export interface Refusal {
  rejection: AssociationReject
  note: string
}

/** Whether a request may become an association (R065, R066): undefined when it may. The cheap checks come first. */
export async function refusalOf(
  request: AssociateRequest,
  address: string,
  configuration: NodeConfiguration,
): Promise<Refusal | undefined> {
  // PS3.8 9.3.2: bit 0 of the protocol version is the only one tested.
  if ((request.protocolVersion & 1) === 0)
    return { rejection: PROTOCOL_VERSION_NOT_SUPPORTED, note: 'The caller speaks another protocol version' }
  if (request.applicationContextUID !== APPLICATION_CONTEXT_UID)
    return { rejection: APPLICATION_CONTEXT_NOT_SUPPORTED, note: 'The caller asks for another application context' }
  if (!isAETitle(request.callingAETitle))
    return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note: 'The calling AE title is not a valid one' }
  if (!isAETitle(request.calledAETitle))
    return { rejection: CALLED_AE_TITLE_NOT_RECOGNIZED, note: 'The called AE title is not a valid one' }
  if (configuration.accept === 'any') return undefined
  if (request.calledAETitle !== configuration.aeTitle) {
    const note = `The caller asks for the AE title ${request.calledAETitle}; this workstation is ${configuration.aeTitle}`
    return { rejection: CALLED_AE_TITLE_NOT_RECOGNIZED, note }
  }
  const known = configuration.known.filter((device) => device.aeTitle === request.callingAETitle)
  if (known.length === 0)
    return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note: 'The calling AE title is not in the server list' }
  const hosts = known.map((device) => device.host)
  const included = await includesAddress(hosts, address)
  if (included) return undefined
  if (included === undefined) {
    const note = 'The calling AE title is known, but its host name cannot be looked up now; the caller may try again'
    return { rejection: TEMPORARY_CONGESTION, note }
  }
  return {
    rejection: CALLING_AE_TITLE_NOT_RECOGNIZED,
    note: `The calling AE title is known, but not from the address ${address}`,
  }
}

/** PS3.5 6.2 (AE): the default repertoire without backslash and control characters, not spaces only. */
function isAETitle(value: string): boolean {
  return /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(value) && value.trim() !== ''
}

/** IPv4 callers of a dual-stack listener appear as ::ffff:a.b.c.d. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
}

/** Undefined when a name could not be looked up and no other entry fits: then nobody can say. */
async function includesAddress(hosts: string[], address: string): Promise<boolean | undefined> {
  if (hosts.some((host) => plainAddress(host) === address)) return true
  const lists = await Promise.all(hosts.filter((host) => isIP(host) === 0).map(hostAddresses))
  if (lists.some((list) => list?.some((found) => plainAddress(found) === address))) return true
  return lists.includes(undefined) ? undefined : false
}
