import type { CommandSet } from '../dimse/commandSet.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import type { RequestChannel } from '../dimse/requestChannel.ts'
import type { NodeConfiguration, NodeEvent, RemoteParty } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'

/** What a service sees of the association that it serves. */
export interface ServedAssociation {
  readonly id: string
  readonly party: RemoteParty
  readonly configuration: NodeConfiguration
  /** Our answer to the SOP Class Extended Negotiation of the peer (PS3.7 D.3.3.5); undefined where it asked for none. */
  agreed(abstractSyntax: string): Uint8Array | undefined
  /** Sends a response; the message ID, command field and SOP class are those of the request. */
  respond(context: AcceptedContext, request: CommandSet, response: Partial<CommandSet>, dataSet?: Uint8Array): void
  /** Resolves when the peer has taken what was sent, or is gone: to be awaited between responses that stream. */
  drained(): Promise<void>
  /** Requests of ours to this peer, answered on the same association. */
  readonly requests: OwnRequestChannel
  /** Reads nothing more from this peer until the returned function is called. */
  hold(): () => void
  /** Another association is receiving or being answered right now. */
  readonly hasCompany: boolean
  report(event: NodeEvent): void
}

export interface OwnRequestChannel extends RequestChannel {
  /** A context in which the peer is SCP, by role selection (PS3.7 D.3.3.4). */
  contextFor(abstractSyntax: string, fits: (transferSyntax: string) => boolean): AcceptedContext | undefined
}

/** Classes by which a service sends requests to the peer that opened the association. */
export interface PerformedClasses {
  supports(abstractSyntax: string): boolean
  supportsTransferSyntax(transferSyntax: string): boolean
}

/**
 * What a service belongs to, for the settings. Verification is always on (PS3.4 A); a class that no setting names is off.
 */
export type ServiceClass = 'verification' | 'storage' | 'queryRetrieve' | 'storageCommitment' | 'worklist' | 'mpps'

/** One service class as SCP. */
export interface Service {
  readonly name: string
  readonly serviceClass: ServiceClass
  readonly commandFields: readonly number[]
  supports(abstractSyntax: string): boolean
  supportsTransferSyntax(transferSyntax: string): boolean
  /** Of these the peer may be SCP: the C-STOREs of a C-GET, the reports of a storage commitment. */
  readonly performs?: PerformedClasses
  /** Answers the service-class-application-information of a SOP Class Extended Negotiation (PS3.7 D.3.3.5). */
  agreeOn?(information: Uint8Array): Uint8Array
  /**
   * Answers by `association.respond`, now or later. Returns where the request's data set goes, if it has one. `signal`
   * fires when the peer cancels the request, and when the association ends before the last response.
   */
  request(
    association: ServedAssociation,
    context: AcceptedContext,
    command: CommandSet,
    signal: AbortSignal,
  ): DataSetSink | undefined
}

/** The services that the listener offers; further ones are added here and nowhere else. */
export class ServiceRegistry {
  private readonly services: readonly Service[]

  constructor(services: readonly Service[]) {
    this.services = services
  }
  /**
   * The first service that supports the abstract syntax; the order of registration decides. One that is switched off
   * hides its classes: no other service takes them over, and they count as not supported (PS3.8 9.3.3.2, result 3).
   */
  find(abstractSyntax: string, { services }: Pick<NodeConfiguration, 'services'>): Service | undefined {
    const service = this.services.find((candidate) => candidate.supports(abstractSyntax))
    return service && isOn(service.serviceClass, services) ? service : undefined
  }
  /** Who would send requests of this class to the peer. */
  performer(abstractSyntax: string, { services }: Pick<NodeConfiguration, 'services'>): Service | undefined {
    return this.services.find(
      ({ performs, serviceClass }) => performs?.supports(abstractSyntax) && isOn(serviceClass, services),
    )
  }
}

function isOn(serviceClass: ServiceClass, services: Partial<Record<ServiceClass, boolean>>): boolean {
  return serviceClass === 'verification' || services[serviceClass] === true
}
