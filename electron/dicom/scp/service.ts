import type { CommandSet } from '../dimse/commandSet.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import type { NodeConfiguration, NodeEvent, RemoteParty } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'

/** What a service sees of the association that it serves. */
export interface ServedAssociation {
  readonly id: string
  readonly party: RemoteParty
  readonly configuration: NodeConfiguration
  /** Sends a response; the message ID, command field and SOP class are those of the request. */
  respond(context: AcceptedContext, request: CommandSet, response: Partial<CommandSet>, dataSet?: Uint8Array): void
  /** Reads nothing more from this peer until the returned function is called. */
  hold(): () => void
  /** Another association is receiving or being answered right now. */
  readonly hasCompany: boolean
  report(event: NodeEvent): void
}

/** One service class as SCP. */
export interface Service {
  readonly name: string
  readonly commandFields: readonly number[]
  supports(abstractSyntax: string): boolean
  supportsTransferSyntax(transferSyntax: string): boolean
  /** Answers by `association.respond`, now or later. Returns where the request's data set goes, if it has one. */
  request(association: ServedAssociation, context: AcceptedContext, command: CommandSet): DataSetSink | undefined
}

/** The services that the listener offers; further ones are added here and nowhere else. */
export class ServiceRegistry {
  private readonly services: readonly Service[]

  constructor(services: readonly Service[]) {
    this.services = services
  }
  /** The first service that supports the abstract syntax; the order of registration decides. */
  find(abstractSyntax: string): Service | undefined {
    return this.services.find((service) => service.supports(abstractSyntax))
  }
}
