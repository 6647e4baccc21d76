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
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { AssociateRequest } from '../upperLayer/associatePdu.ts'
import { Association, type Ending } from '../upperLayer/association.ts'
import { sendingPduLength } from '../upperLayer/pduType.ts'
import { judge, plainAddress, type Refusal } from './admission.ts'
import { AssociationTally } from './associationTally.ts'
import { type Negotiated, negotiate } from './negotiate.ts'
import { OwnRequests } from './ownRequests.ts'
import { plainText } from './plainText.ts'
import { proposalOf } from './proposalOf.ts'
import { RequestTurn } from './requestTurn.ts'
import type { ServedAssociation, ServiceRegistry } from './service.ts'
import { UnreadAnswers } from './unreadAnswers.ts'

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
  /** What was set when the association was asked for; until then, when the caller connected. */
  configuration: NodeConfiguration
  readonly socket: Socket
  party: RemoteParty
  private readonly host: AcceptorHost
  private readonly association: Association
  private readonly messages: MessageReader
  readonly requests: OwnRequests
  private readonly turn: RequestTurn
  private readonly tally = new AssociationTally()
  private readonly unread: UnreadAnswers
  private negotiated: Negotiated | undefined
  private pduLength = 0
  private admitted = false
  private holds = 0

  /** `tls`: what protects the connection, in words. */
  constructor(socket: Socket, host: AcceptorHost, tls?: string) {
    this.host = host
    this.configuration = host.configuration
    this.socket = socket
    this.party = {
      ...{ callingAETitle: '', calledAETitle: '', address: plainAddress(socket.remoteAddress) },
      ...(tls === undefined ? {} : { tls }),
    }
    this.messages = new MessageReader((contextId, command) => this.onCommand(contextId, command))
    const { idleTimeoutMs, dimseTimeoutMs, artimTimeoutMs } = this.configuration
    const lookEveryMs = Math.min(idleTimeoutMs, dimseTimeoutMs)
    this.association = new Association(
      socket,
      'acceptor',
      { ...this.configuration, lookEveryMs },
      {
        patienceMs: () => this.patienceMs(lookEveryMs),
        // Nothing that a caller sends may end the thread: what we cannot answer we abort.
        onRequest: (request) => void this.decide(request).catch(() => this.association.destroy()),
        onFragment: (contextId, control, bytes, end) => this.messages.fragment(contextId, control, bytes, end),
        onReleaseRequest: () => this.association.releaseResponse(),
        onEnd: (ending) => this.onEnd(ending),
      },
    )
    this.requests = new OwnRequests(this.association, dimseTimeoutMs, (request, { status, errorComment }) =>
      this.tally.answered('us', request, status ?? 0, errorComment),
    )
    this.turn = new RequestTurn(
      () => this.hold(),
      () => this.association.abort(),
    )
    this.unread = new UnreadAnswers({
      socket,
      timeoutMs: artimTimeoutMs,
      hold: () => this.hold(),
      giveUp: () => this.association.destroy(),
    })
  }

  /** A request is being received or answered. */
  get busy(): boolean {
    return this.messages.busy || this.holds > 0 || this.turn.isTaken
  }
  /** R124: a message that has begun must come on; while we are at work the peer has nothing to say. */
  private patienceMs(withinMessageMs: number): number {
    if (this.isAtWork) return Number.POSITIVE_INFINITY
    return this.messages.busy ? withinMessageMs : this.configuration.idleTimeoutMs
  }
  /** The peer waits for us, not we for the peer. */
  private get isAtWork(): boolean {
    return this.turn.isTaken && !this.messages.busy
  }
  get hasCompany(): boolean {
    return this.host.othersBusy(this)
  }
  get idleMs(): number {
    return this.isAtWork ? 0 : this.association.idle.idleMs
  }
  abort(): void {
    this.association.abort()
  }
  destroy(): void {
    this.association.destroy()
  }

  private async decide(request: AssociateRequest): Promise<void> {
    // Who connected before a change, and asks after it, is judged by what is set now.
    this.configuration = this.host.configuration
    const { callingAETitle, calledAETitle } = request
    this.party = {
      ...this.party,
      callingAETitle: plainText(callingAETitle),
      calledAETitle: plainText(calledAETitle),
    }
    const admission = await judge(request, this.party.address, this.configuration)
    if (this.association.state !== 'Sta3') return // the caller went away meanwhile
    const refusal = admission.refusal ?? this.host.admit(this)
    if (refusal) {
      this.host.report({
        kind: 'associationRejected',
        party: this.party,
        at: Date.now(),
        ...refusal.rejection,
        note: refusal.note,
        proposal: proposalOf(request),
      })
      this.association.reject(refusal.rejection)
      return
    }
    this.admitted = true
    this.accept(request, admission.onlyEcho)
  }

  private accept(request: AssociateRequest, onlyEcho = false): void {
    const negotiated = negotiate(request, this.host.services, this.configuration, onlyEcho)
    this.negotiated = negotiated
    this.requests.contexts = negotiated.ours
    this.pduLength = sendingPduLength(request.maxPduLength)
    this.requests.pduLength = this.pduLength
    this.host.report({
      kind: 'associationAccepted',
      associationId: this.id,
      party: this.party,
      at: Date.now(),
      proposal: proposalOf(request, negotiated.answered),
    })
    this.association.accept({
      calledAETitle: request.calledAETitle,
      callingAETitle: request.callingAETitle,
      contexts: negotiated.answered,
      maxPduLength: this.configuration.maxPduLength,
      implementationClassUID: IMPLEMENTATION_CLASS_UID,
      implementationVersionName: IMPLEMENTATION_VERSION_NAME,
      roles: negotiated.roles,
      extended: negotiated.extended,
    })
  }

  private onCommand(contextId: number, command: CommandSet): DataSetSink | undefined {
    this.association.idle.progress()
    const context = this.negotiated?.accepted.get(contextId)
    if (!context) throw new DimseProtocolError(`Presentation context ${contextId} was not accepted`)
    if (command.commandField === commandField.cCancelRequest) {
      this.turn.cancel(command.messageIDBeingRespondedTo)
      return undefined
    }
    if (isResponse(command.commandField)) return this.requests.onResponse(contextId, command)
    if (command.messageID === undefined) throw new DimseProtocolError('The request has no message ID')
    return this.turn.take(command, (signal) => this.serve(context, command, signal))
  }

  private serve(context: AcceptedContext, command: CommandSet, signal: AbortSignal): DataSetSink | undefined {
    const service = this.negotiated?.serving.get(context.id)
    if (service?.commandFields.includes(command.commandField)) return service.request(this, context, command, signal)
    this.respond(context, command, {
      status: UNRECOGNIZED_OPERATION,
      errorComment: 'This service has no such operation',
    })
    return undefined
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
    this.unread.sent()
    this.turn.answered(request, message.status ?? 0)
    this.tally.answered('peer', request, message.status ?? 0, message.errorComment)
  }

  agreed(abstractSyntax: string): Uint8Array | undefined {
    return this.negotiated?.extended.find(({ sopClassUID }) => sopClassUID === abstractSyntax)?.information
  }

  drained(): Promise<void> {
    return this.unread.drained()
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
    this.turn.end()
    this.requests.onEnd(ending)
    if (this.admitted && ending.how !== 'rejected') {
      this.host.report({
        kind: 'associationEnded',
        associationId: this.id,
        at: Date.now(),
        how: ending.how,
        note: ending.note ?? abortNote(ending),
        tally: this.tally.result(this.socket.bytesRead, this.socket.bytesWritten),
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
