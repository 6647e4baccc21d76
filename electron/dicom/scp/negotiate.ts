import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import { type AcceptedContext, answerContexts } from '../upperLayer/acceptContexts.ts'
import type {
  AnsweredContext,
  AssociateRequest,
  ExtendedNegotiation,
  RoleSelection,
} from '../upperLayer/associatePdu.ts'
import { acceptance } from './acceptance.ts'
import type { Service, ServiceRegistry } from './service.ts'

export interface Negotiated {
  answered: AnsweredContext[]
  accepted: Map<number, AcceptedContext>
  /** By context ID: who answers the requests of the peer. A service switched off later finishes what it accepted here. */
  serving: Map<number, Service>
  /** Contexts in which the peer answers requests of ours. */
  ours: AcceptedContext[]
  roles: RoleSelection[]
  extended: ExtendedNegotiation[]
}

interface Standing {
  service: Service | undefined
  performer: Service | undefined
  /** A person lets objects of this class in (R058, and per device). */
  isTaken: boolean
  /** The peer may be SCU, or SCP, of this class. */
  scu: boolean
  scp: boolean
}

/** What of a proposal is accepted, for which roles, and who serves it. */
export function negotiate(
  request: AssociateRequest,
  registry: ServiceRegistry,
  configuration: NodeConfiguration,
  onlyEcho = false,
): Negotiated {
  // Of many items for one class the last one counts; there is one answer for each class.
  const proposed = new Map(request.roles.map((role) => [role.sopClassUID, role]))
  const standings = new Map<string, Standing>()
  const device = configuration.known.find(({ aeTitle }) => aeTitle === request.callingAETitle)
  const taken = acceptance(configuration, device)
  const standing = (abstractSyntax: string): Standing => {
    const known = standings.get(abstractSyntax)
    if (known) return known
    const service = registry.find(abstractSyntax, configuration)
    const performer = registry.performer(abstractSyntax, configuration)
    // PS3.7 D.3.3.4: without an item the peer is SCU.
    const { scu = true, scp = false } = proposed.get(abstractSyntax) ?? {}
    const isTaken = service?.serviceClass !== 'storage' || taken.sopClass(abstractSyntax)
    const found = {
      ...{ service, performer, isTaken },
      scu: scu && service !== undefined && isTaken,
      scp: scp && performer !== undefined,
    }
    standings.set(abstractSyntax, found)
    return found
  }
  const supported = (abstractSyntax: string) => {
    const { service, performer, scu, scp, isTaken } = standing(abstractSyntax)
    if (!service && !performer) return undefined
    // PS3.8 9.3.3.2, result 1: the class is there, yet not for this caller.
    if (onlyEcho && abstractSyntax !== VERIFICATION) return 'refused'
    if (!scu && !scp) return proposed.has(abstractSyntax) || !isTaken ? ('refused' as const) : undefined
    const isOpen = (uid: string) => service?.serviceClass !== 'storage' || taken.transferSyntax(uid)
    return (uid: string) =>
      (scu && service?.supportsTransferSyntax(uid) && isOpen(uid)) ||
      (scp && performer?.performs?.supportsTransferSyntax(uid)) ||
      false
  }
  const { answered, accepted } = answerContexts(request.contexts, supported, device?.preferredTransferSyntaxUID)
  const serving = new Map<number, Service>()
  const ours: AcceptedContext[] = []
  for (const context of accepted.values()) {
    const { service, performer, scu, scp } = standing(context.abstractSyntax)
    // Of a class that one service both offers and uses, the peer sends requests as SCP too (N-EVENT-REPORT, PS3.4 J.3.3).
    if (service && (scu || service === performer)) serving.set(context.id, service)
    if (scp) ours.push(context)
  }
  return {
    answered,
    accepted,
    serving,
    ours,
    roles: answeredRoles(proposed, accepted, standing),
    extended: answeredExtended(request, serving, accepted),
  }
}

/** One answer for each class of an accepted context, however many items asked: our answer has to fit its item. */
function answeredRoles(
  proposed: ReadonlyMap<string, RoleSelection>,
  accepted: ReadonlyMap<number, AcceptedContext>,
  standing: (abstractSyntax: string) => Standing,
): RoleSelection[] {
  const classes = new Set([...accepted.values()].map(({ abstractSyntax }) => abstractSyntax))
  return [...proposed.keys()]
    .filter((sopClassUID) => classes.has(sopClassUID))
    .map((sopClassUID) => ({ sopClassUID, scu: standing(sopClassUID).scu, scp: standing(sopClassUID).scp }))
}

/** PS3.7 D.3.3.5: one answer for a class at most, and none for what no service knows how to extend. */
function answeredExtended(
  { extended }: AssociateRequest,
  serving: ReadonlyMap<number, Service>,
  accepted: ReadonlyMap<number, AcceptedContext>,
): ExtendedNegotiation[] {
  const asked = new Map(extended.map(({ sopClassUID, information }) => [sopClassUID, information]))
  return [...asked].flatMap(([sopClassUID, information]) => {
    const context = [...accepted.values()].find(({ abstractSyntax }) => abstractSyntax === sopClassUID)
    const answer = context && serving.get(context.id)?.agreeOn?.(information)
    return answer ? [{ sopClassUID, information: answer }] : []
  })
}
