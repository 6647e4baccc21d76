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
  const refusal = protocolRefusal(request) ?? (await deniedRefusal(request, address, configuration))
  if (refusal) return { refusal }
  const wrongCall = calledRefusal(request, configuration)
  if (wrongCall) return { refusal: wrongCall }
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

/** A blocked caller is refused whatever else is right about it; where nobody can say whether it is the one, for now. */
async function deniedRefusal(
  { callingAETitle }: AssociateRequest,
  address: string,
  { denied = [] }: NodeConfiguration,
): Promise<Refusal | undefined> {
  const hosts = denied.filter(({ aeTitle }) => aeTitle === callingAETitle).map(({ host }) => host)
  if (hosts.length === 0) return undefined
  const included = await includesAddress(hosts, address)
  if (included === false) return undefined
  if (included) return { rejection: CALLING_AE_TITLE_NOT_RECOGNIZED, note: 'The caller is blocked under Devices' }
  return {
    rejection: TEMPORARY_CONGESTION,
    note: 'The host name of a blocked device cannot be looked up now; the caller may try again',
  }
}

function calledRefusal(
  { callingAETitle, calledAETitle }: AssociateRequest,
  { checks, aeTitle, known }: NodeConfiguration,
): Refusal | undefined {
  if (!checks.calledAETitle || calledAETitle === aeTitle) return undefined
  const answers = known.some((device) => device.aeTitle === callingAETitle && device.calledAs?.includes(calledAETitle))
  if (answers) return undefined
  const note = `The caller asks for the AE title ${calledAETitle}; this workstation is ${aeTitle}`
  return { rejection: CALLED_AE_TITLE_NOT_RECOGNIZED, note }
}

/** The standard has no reason for an address: a caller from the wrong one is not the one that we know (PS3.8 9.3.4). */
async function callerRefusal(
  { callingAETitle }: AssociateRequest,
  address: string,
  { checks, known }: NodeConfiguration,
): Promise<Refusal | undefined> {
  const own = known.filter(({ aeTitle }) => aeTitle === callingAETitle)
  if (checks.callingAETitle && own.length === 0)
    return {
      rejection: CALLING_AE_TITLE_NOT_RECOGNIZED,
      note: 'The calling AE title is not among the devices and servers',
    }
  // A device at any address lets in its own name, not everybody.
  const candidates = checks.callingAETitle ? own : [...own, ...known.filter(({ host }) => host !== '')]
  if (!checks.address) return undefined
  const included = await includesAddress([...new Set(candidates.map(({ host }) => host))], address)
  if (included) return undefined
  if (included === undefined) {
    const note = checks.callingAETitle
      ? 'The calling AE title is known, but its host name cannot be looked up now; the caller may try again'
      : 'A host name among the devices and servers cannot be looked up now; the caller may try again'
    return { rejection: TEMPORARY_CONGESTION, note }
  }
  const note = checks.callingAETitle
    ? `The calling AE title is known, but not from the address ${address}`
    : `The address ${address} is not among those of the devices and servers`
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

/** '' is any address. Undefined when a name could not be looked up and no other entry fits: then nobody can say. */
async function includesAddress(hosts: string[], address: string): Promise<boolean | undefined> {
  if (hosts.some((host) => host === '' || plainAddress(host) === address)) return true
  const lists = await Promise.all(hosts.filter((host) => isIP(host) === 0).map(hostAddresses))
  if (lists.some((list) => list?.some((found) => plainAddress(found) === address))) return true
  return lists.includes(undefined) ? undefined : false
}
