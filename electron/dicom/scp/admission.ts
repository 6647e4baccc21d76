import { isIP } from 'node:net'
import {
  APPLICATION_CONTEXT_NOT_SUPPORTED,
  type AssociationReject,
  CALLED_AE_TITLE_NOT_RECOGNIZED,
  CALLING_AE_TITLE_NOT_RECOGNIZED,
  PROTOCOL_VERSION_NOT_SUPPORTED,
  TEMPORARY_CONGESTION,
} from '#shared/dicom/associationReject.ts'
import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import type { AssociateRequest } from '../upperLayer/associatePdu.ts'
import { APPLICATION_CONTEXT_UID } from '../upperLayer/pduType.ts'
import { hostAddresses } from './hostAddresses.ts'

export interface Refusal {
  rejection: AssociationReject
  note: string
}

export interface Admission {
  refusal?: Refusal
  /** A caller that is not known may test the connection, and nothing else (R069). */
  onlyEcho?: boolean
}

/** Whether a request may become an association (R065, R066). The cheap checks come first. */
export async function judge(
  request: AssociateRequest,
  address: string,
  configuration: NodeConfiguration,
): Promise<Admission> {
  const refusal = protocolRefusal(request) ?? calledRefusal(request, configuration)
  if (refusal) return { refusal }
  const unknown = await callerRefusal(request, address, configuration)
  if (!unknown) return {}
  const isEcho = request.contexts.some(({ abstractSyntax }) => abstractSyntax === VERIFICATION)
  if (configuration.answerUnknownEcho && isEcho) return { onlyEcho: true }
  return { refusal: unknown }
}

function protocolRefusal(request: AssociateRequest): Refusal | undefined {
  // PS3.8 9.3.2: bit 0 of the protocol version is the only one tested.
  if ((request.protocolVersion & 1) === 0)
    return { rejection: PROTOCOL_VERSION_NOT_SUPPORTED, note: 'The caller speaks another protocol version' }
  if (request.applicationContextUID !== APPLICATION_CONTEXT_UID)
    return { rejection: APPLICATION_CONTEXT_NOT_SUPPORTED, note: 'The caller asks for another application context' }
  if (!isAETitle(request.callingAETitle))
    return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note: 'The calling AE title is not a valid one' }
  if (!isAETitle(request.calledAETitle))
    return { rejection: CALLED_AE_TITLE_NOT_RECOGNIZED, note: 'The called AE title is not a valid one' }
  return undefined
}

function calledRefusal(request: AssociateRequest, { checks, aeTitle }: NodeConfiguration): Refusal | undefined {
  if (!checks.calledAETitle || request.calledAETitle === aeTitle) return undefined
  const note = `The caller asks for the AE title ${request.calledAETitle}; this workstation is ${aeTitle}`
  return { rejection: CALLED_AE_TITLE_NOT_RECOGNIZED, note }
}

/** The standard has no reason for an address: a caller from the wrong one is not the one that we know (PS3.8 9.3.4). */
async function callerRefusal(
  { callingAETitle }: AssociateRequest,
  address: string,
  { checks, known }: NodeConfiguration,
): Promise<Refusal | undefined> {
  const candidates = checks.callingAETitle ? known.filter(({ aeTitle }) => aeTitle === callingAETitle) : known
  if (checks.callingAETitle && candidates.length === 0)
    return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note: 'The calling AE title is not in the server list' }
  if (!checks.address) return undefined
  const included = await includesAddress([...new Set(candidates.map(({ host }) => host))], address)
  if (included) return undefined
  if (included === undefined) {
    const note = checks.callingAETitle
      ? 'The calling AE title is known, but its host name cannot be looked up now; the caller may try again'
      : 'A host name of the server list cannot be looked up now; the caller may try again'
    return { rejection: TEMPORARY_CONGESTION, note }
  }
  const note = checks.callingAETitle
    ? `The calling AE title is known, but not from the address ${address}`
    : `The address ${address} is not in the server list`
  return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note }
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
