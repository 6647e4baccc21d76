import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { UNRECOGNIZED_OPERATION } from '#shared/dicom/status.ts'
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'
import { commandField, isResponse } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseProtocolError } from '../dimse/dimseError.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { type DataSetSink, MessageReader } from '../dimse/messageReader.ts'
import type { NodeConfiguration, NodeEvent, RemoteParty } from '../nodeApi.ts'
import { type AcceptedContext, answerContexts } from '../upperLayer/acceptContexts.ts'
import type { AssociateRequest } from '../upperLayer/associatePdu.ts'
import { Association, type Ending } from '../upperLayer/association.ts'
import { sendingPduLength } from '../upperLayer/pduType.ts'
import { plainAddress, type Refusal, refusalOf } from './admission.ts'
import type { ServedAssociation, Service, ServiceRegistry } from './service.ts'

/** What the listener decides for its connections. */
export interface AcceptorHost {
  readonly configuration: NodeConfiguration
  readonly services: ServiceRegistry
  /** Called when a request is otherwise fine: is there room for one more? */
  admit(acceptor: Acceptor): Refusal | undefined
  ended(acceptor: Acceptor): void
  othersBusy(acceptor: Acceptor): boolean
  report(event: NodeEvent): void
}

/** The acceptor's side of one connection: admission, dispatch of requests to services, responses. */
export class Acceptor implements ServedAssociation {
  readonly id = randomUUID()
  readonly configuration: NodeConfiguration
  readonly socket: Socket
  party: RemoteParty
  private readonly host: AcceptorHost
  private readonly association: Association
  private readonly messages: MessageReader
  private accepted = new Map<number, AcceptedContext>()
  /** By context ID, as negotiated: a service switched off meanwhile finishes what it accepted. */
  private serving = new Map<number, Service>()
  private pduLength = 0
  private admitted = false
  private holds = 0
  private unread = false

  constructor(socket: Socket, host: AcceptorHost) {
    this.host = host
    this.configuration = host.configuration
    this.socket = socket
    this.party = { callingAETitle: '', calledAETitle: '', address: plainAddress(socket.remoteAddress) }
    this.messages = new MessageReader((contextId, command) => this.onCommand(contextId, command))
    this.association = new Association(socket, 'acceptor', this.configuration, {
      // Nothing that a caller sends may end the thread: what we cannot answer we abort.
      onRequest: (request) => void this.decide(request).catch(() => this.association.destroy()),
      onFragment: (contextId, control, bytes, end) => this.messages.fragment(contextId, control, bytes, end),
      onReleaseRequest: () => this.association.releaseResponse(),
      onEnd: (ending) => this.onEnd(ending),
    })
  }

  /** A request is being received or answered. */
  get busy(): boolean {
    return this.messages.busy || this.holds > 0
  }
  get hasCompany(): boolean {
    return this.host.othersBusy(this)
  }
  get idleMs(): number {
    return this.association.idle.idleMs
  }
  abort(): void {
    this.association.abort()
  }
  destroy(): void {
    this.association.destroy()
  }

  private async decide(request: AssociateRequest): Promise<void> {
    const { callingAETitle, calledAETitle } = request
    this.party = {
      callingAETitle: printable(callingAETitle),
      calledAETitle: printable(calledAETitle),
      address: this.party.address,
    }
    const unknown = await refusalOf(request, this.party.address, this.configuration)
    if (this.association.state !== 'Sta3') return // the caller went away meanwhile
    const refusal = unknown ?? this.host.admit(this)
    if (refusal) {
      this.host.report({
        kind: 'associationRejected',
        party: this.party,
        at: Date.now(),
        ...refusal.rejection,
        note: refusal.note,
      })
      this.association.reject(refusal.rejection)
      return
    }
    this.admitted = true
    this.accept(request)
  }

  private accept(request: AssociateRequest): void {
    const { services } = this.host
    const supported = (abstractSyntax: string) => {
      const service = services.find(abstractSyntax, this.configuration)
      return service && ((transferSyntax: string) => service.supportsTransferSyntax(transferSyntax))
    }
    const device = this.configuration.known.find(({ aeTitle }) => aeTitle === request.callingAETitle)
    const { answered, accepted } = answerContexts(request.contexts, supported, device?.preferredTransferSyntaxUID)
    this.accepted = accepted
    for (const { id, abstractSyntax } of accepted.values()) {
      const service = services.find(abstractSyntax, this.configuration)
      if (service) this.serving.set(id, service)
    }
    this.pduLength = sendingPduLength(request.maxPduLength)
    this.host.report({ kind: 'associationAccepted', associationId: this.id, party: this.party, at: Date.now() })
    this.association.accept({
      calledAETitle: request.calledAETitle,
      callingAETitle: request.callingAETitle,
      contexts: answered,
      maxPduLength: this.configuration.maxPduLength,
      implementationClassUID: IMPLEMENTATION_CLASS_UID,
      implementationVersionName: IMPLEMENTATION_VERSION_NAME,
      // PS3.7 D.3.3.4: we are SCP of whatever is proposed; nobody becomes SCP towards us.
      roles: this.answeredRoles(request),
      extended: [],
    })
  }

  /** One answer a SOP class of an accepted context, however many items asked: our answer has to fit its item. */
  private answeredRoles(request: AssociateRequest): AssociateRequest['roles'] {
    const accepted = new Set([...this.accepted.values()].map(({ abstractSyntax }) => abstractSyntax))
    const roles = new Map(
      request.roles
        .filter(({ sopClassUID }) => accepted.has(sopClassUID))
        .map(({ sopClassUID, scu }) => [sopClassUID, { sopClassUID, scu, scp: false }]),
    )
    return [...roles.values()]
  }

  private onCommand(contextId: number, command: CommandSet): DataSetSink | undefined {
    this.association.idle.progress()
    const context = this.accepted.get(contextId)
    if (!context) throw new DimseProtocolError(`Presentation context ${contextId} was not accepted`)
    if (command.commandField === commandField.cCancelRequest) return undefined // nothing runs that could be cancelled
    if (isResponse(command.commandField)) throw new DimseProtocolError('A response came where only requests belong')
    if (command.messageID === undefined) throw new DimseProtocolError('The request has no message ID')
    const service = this.serving.get(contextId)
    if (!service?.commandFields.includes(command.commandField)) {
      this.respond(context, command, {
        status: UNRECOGNIZED_OPERATION,
        errorComment: 'This service has no such operation',
      })
      return undefined
    }
    return service.request(this, context, command)
  }

  respond(context: AcceptedContext, request: CommandSet, response: Partial<CommandSet>, dataSet?: Uint8Array): void {
    const message: CommandSet = {
      commandField: request.commandField | 0x8000,
      hasDataSet: dataSet !== undefined,
      ...response,
    }
    const sopClassUID = request.affectedSOPClassUID ?? request.requestedSOPClassUID ?? context.abstractSyntax
    message.affectedSOPClassUID = sopClassUID
    if (request.messageID !== undefined) message.messageIDBeingRespondedTo = request.messageID
    this.association.idle.progress()
    this.association.send(encodeMessage(context.id, message, dataSet, this.pduLength))
    if (this.socket.writableNeedDrain) this.waitUntilRead()
  }

  /** A peer that does not read its answers gets no further requests read, and after ARTIM no more of our memory. */
  private waitUntilRead(): void {
    if (this.unread) return
    this.unread = true
    const release = this.hold()
    const timer = setTimeout(() => this.association.destroy(), this.configuration.artimTimeoutMs)
    const over = () => {
      this.unread = false
      clearTimeout(timer)
      this.socket.off('drain', over).off('close', over)
      release()
    }
    this.socket.on('drain', over).on('close', over)
  }

  hold(): () => void {
    this.holds += 1
    this.association.pause()
    let held = true
    return () => {
      if (!held) return
      held = false
      this.holds -= 1
      if (this.holds === 0) this.association.resume()
    }
  }

  report(event: NodeEvent): void {
    this.host.report(event)
  }

  private onEnd(ending: Ending): void {
    this.messages.abort()
    if (this.admitted && ending.how !== 'rejected') {
      this.host.report({
        kind: 'associationEnded',
        associationId: this.id,
        at: Date.now(),
        how: ending.how,
        note: ending.note ?? abortNote(ending),
      })
    }
    this.admitted = false
    this.host.ended(this)
  }
}

function abortNote(ending: Ending): string | undefined {
  if (!ending.abort) return undefined
  const { by, source, reason } = ending.abort
  return `A-ABORT by ${by === 'us' ? 'this workstation' : 'the caller'}, source ${source}, reason ${reason}`
}

/** An AE title as it may stand in a list: without control characters. */
function printable(aeTitle: string): string {
  return aeTitle.replace(/[^\x20-\x7e]/g, '?')
}
