import type { Socket } from 'node:net'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'
import { AssociationError, cancelled } from '../associationError.ts'
import { type Awaited, LEFT_OVER, requestOf } from '../dimse/awaited.ts'
import { isResponse } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseProtocolError } from '../dimse/dimseError.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { collectIdentifier } from '../dimse/identifierSink.ts'
import { type DataSetSink, MessageReader } from '../dimse/messageReader.ts'
import type { Peer } from '../nodeApi.ts'
import { dial } from '../tls/dial.ts'
import type { Security } from '../tls/peerTls.ts'
import { securityOf } from '../tls/securityOf.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type {
  AnsweredContext,
  AssociateAccept,
  ExtendedNegotiation,
  ProposedContext,
  RoleSelection,
} from '../upperLayer/associatePdu.ts'
import { Association, type Ending } from '../upperLayer/association.ts'
import { sendingPduLength } from '../upperLayer/pduType.ts'
import { CallReport, type ReportingPeer } from './callReport.ts'
import { endingError, notDicom, rejected } from './endingError.ts'

export interface Response {
  context: AcceptedContext
  command: CommandSet
  identifier: Buffer | undefined
}

/** What an association is for where it is not requests of ours alone (C-GET, storage commitment). */
export interface RequestorOptions {
  /** PS3.7 D.3.3.4. */
  roles?: RoleSelection[]
  /** PS3.7 D.3.3.5. */
  extended?: ExtendedNegotiation[]
  /** An association without a single accepted context is an answer too, and not an error. */
  mayAcceptNone?: boolean
  /** Takes a request of the peer's; answers by `respond`, now or later. Without it such a request ends the association. */
  onRequest?(requestor: Requestor, context: AcceptedContext, command: CommandSet): DataSetSink | undefined
}

/** Responses (or bytes of their identifiers) that run ahead of their reader; then the peer must wait. */
const AHEAD_MAX = 256
const AHEAD_BYTES_MAX = 4 * 1024 * 1024
const isUncompressed = (uid: string) =>
  uid === EXPLICIT_VR_LITTLE_ENDIAN || uid === IMPLICIT_VR_LITTLE_ENDIAN || uid === EXPLICIT_VR_BIG_ENDIAN
const RELEASE_TIMEOUT_MS = 5000

/** The requestor's side of an association: requests go out, responses are taken one by one. */
export class Requestor {
  readonly peer: Peer
  /** The contexts that the peer accepted, by ID. */
  readonly contexts = new Map<number, AcceptedContext>()
  /** The peer's answer to each context that was proposed. */
  answers: readonly AnsweredContext[] = []
  implementation = ''
  pduLength = 0
  /** What protects the connection; undefined where nothing does. */
  readonly security: Security | undefined
  /** The peer's answer to the roles that we asked for; it may leave out what it does not know. */
  roles: readonly RoleSelection[] = []
  private readonly proposed: readonly ProposedContext[]
  private readonly options: RequestorOptions
  private readonly association: Association
  private readonly socket: Socket
  private readonly report: CallReport
  private readonly messages = new MessageReader((contextId, command) => this.onCommand(contextId, command))
  private readonly responses: Response[] = []
  private failure: AssociationError | undefined
  private first: Buffer | undefined
  private brokenBy: string | undefined
  private lastMessageID = 0
  private paused = false
  private aheadBytes = 0
  private awaited: Awaited | undefined
  private wake: () => void = () => {}
  private readonly signal: AbortSignal
  private readonly onAbort = () => this.cancel()
  private onOpened: (error?: AssociationError) => void = () => {}

  private constructor(
    socket: Socket,
    peer: Peer,
    proposed: readonly ProposedContext[],
    signal: AbortSignal,
    options: RequestorOptions,
    report: CallReport,
  ) {
    this.socket = socket
    this.report = report
    this.peer = peer
    this.proposed = proposed
    this.signal = signal
    this.options = options
    this.security = securityOf(socket)
    // In TLS 1.3 a server refuses our certificate only after the handshake is done for us (RFC 8446 4.4.2.4).
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (this.pduLength === 0) this.brokenBy = error.code
    })
    socket.once('data', (chunk: Buffer) => {
      this.first = Buffer.from(chunk.subarray(0, 8))
    })
    const timers = { artimTimeoutMs: peer.connectTimeoutMs, idleTimeoutMs: peer.dimseTimeoutMs }
    this.association = new Association(socket, 'requestor', timers, {
      onAccept: (accept) => this.onAccept(accept),
      onReject: (rejection) => this.end(rejected(rejection)),
      onFragment: (contextId, control, bytes, end) => this.messages.fragment(contextId, control, bytes, end),
      onReleaseRequest: () => this.association.releaseResponse(),
      onEnd: (ending) => this.onEnd(ending),
    })
  }

  /** Rejects with AssociationError: see nodeApi's codes. NO_CONTEXT when the peer accepts none of the contexts. */
  static async open(
    peer: ReportingPeer,
    proposed: readonly ProposedContext[],
    signal: AbortSignal,
    options: RequestorOptions = {},
  ): Promise<Requestor> {
    const report = new CallReport(peer, proposed)
    const requestor = await Requestor.begin(peer, proposed, signal, options, report).catch((error: unknown) => {
      report.failed(error)
      throw error
    })
    if (requestor.contexts.size === 0 && !options.mayAcceptNone) {
      await requestor.release()
      throw new AssociationError('NO_CONTEXT', 'The peer accepts none of the presentation contexts')
    }
    return requestor
  }

  private static async begin(
    peer: Peer,
    proposed: readonly ProposedContext[],
    signal: AbortSignal,
    options: RequestorOptions,
    report: CallReport,
  ): Promise<Requestor> {
    const startedAt = performance.now()
    const socket = await dial(peer, signal)
    const requestor = new Requestor(socket, peer, proposed, signal, options, report)
    await requestor.negotiate(peer.connectTimeoutMs - (performance.now() - startedAt))
    return requestor
  }

  private negotiate(timeoutMs: number): Promise<void> {
    const { peer } = this
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.end(new AssociationError('TIMED_OUT', 'No answer to the association request'))
          this.association.abort()
        },
        Math.max(timeoutMs, 100),
      )
      this.onOpened = (error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve()
      }
      this.signal.addEventListener('abort', this.onAbort, { once: true })
      this.association.request({
        calledAETitle: peer.calledAETitle,
        callingAETitle: peer.callingAETitle,
        contexts: [...this.proposed],
        maxPduLength: peer.maxPduLength,
        implementationClassUID: IMPLEMENTATION_CLASS_UID,
        implementationVersionName: IMPLEMENTATION_VERSION_NAME,
        roles: this.options.roles ?? [],
        extended: this.options.extended ?? [],
      })
      if (this.signal.aborted) this.cancel()
    })
  }

  private onAccept(accept: AssociateAccept): void {
    this.answers = accept.contexts
    for (const { id, result, transferSyntax } of accept.contexts) {
      const proposal = this.proposed.find((context) => context.id === id)
      // An answer that we did not ask for is nothing that we could send by.
      if (result !== 0 || !proposal?.transferSyntaxes.includes(transferSyntax)) continue
      this.contexts.set(id, { id, abstractSyntax: proposal.abstractSyntax, transferSyntax })
    }
    this.roles = accept.roles
    this.pduLength = sendingPduLength(accept.maxPduLength)
    this.implementation = accept.implementationVersionName || accept.implementationClassUID
    this.report.accepted(accept, this.security)
    this.onOpened()
  }

  /** What a cancel does while nothing else is arranged (see `onCancel`). */
  private cancel(): void {
    if (this.cancelRequest && this.association.established) {
      this.cancelRequest()
      return
    }
    this.end(cancelled())
    this.association.abort()
  }
  /** Set while a request runs that the peer can be asked to stop (C-CANCEL). */
  cancelRequest: (() => void) | undefined

  contextFor(
    abstractSyntax: string,
    fits: (transferSyntax: string) => boolean = isUncompressed,
  ): AcceptedContext | undefined {
    for (const context of this.contexts.values())
      if (context.abstractSyntax === abstractSyntax && fits(context.transferSyntax)) return context
    return undefined
  }

  nextMessageID(): number {
    this.lastMessageID = (this.lastMessageID % 0xffff) + 1
    return this.lastMessageID
  }

  /** Sends a message that fits into memory. */
  send(context: AcceptedContext, command: CommandSet, identifier?: Uint8Array): void {
    this.expect(context, command)
    this.association.idle.progress()
    this.association.send(encodeMessage(context.id, command, identifier, this.pduLength))
  }

  /** Answers a request of the peer's. */
  respond(context: AcceptedContext, request: CommandSet, response: Partial<CommandSet>): void {
    const message: CommandSet = { commandField: request.commandField | 0x8000, hasDataSet: false, ...response }
    message.affectedSOPClassUID = request.affectedSOPClassUID ?? request.requestedSOPClassUID ?? context.abstractSyntax
    if (request.messageID !== undefined) message.messageIDBeingRespondedTo = request.messageID
    this.report.answered('peer', request, message.status ?? 0, message.errorComment)
    this.association.idle.progress()
    this.association.send(encodeMessage(context.id, message, undefined, this.pduLength))
  }

  /**
   * Notes the request (anything with a message ID) that the next responses belong to; `send` does it by itself. Throws
   * AssociationError when responses to an earlier one are left over: the next `next` would take one for an answer to this.
   */
  expect(context: AcceptedContext, command: CommandSet): void {
    if (command.messageID === undefined) return
    if (this.responses.length > 0) {
      this.end(new AssociationError('ABORTED', LEFT_OVER, { by: 'us' }))
      this.association.abort()
      throw this.failure
    }
    this.awaited = { context, command }
  }

  /** Whole PDUs of the caller's making. Resolves when `bytes` may be used again; also when the association ended. */
  write(bytes: Uint8Array): Promise<void> {
    return this.association.sendAll(bytes)
  }

  /** The next response, in the order in which they come. Rejects with AssociationError when there will be none. */
  async next(): Promise<Response> {
    while (true) {
      const response = this.responses.shift()
      if (response) {
        this.aheadBytes -= response.identifier?.length ?? 0
        if (this.paused && this.responses.length === 0) this.flow()
        return response
      }
      if (this.failure) throw this.failure
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  private flow(): void {
    this.paused = false
    this.association.idle.start()
    this.association.resume()
  }

  private onCommand(contextId: number, command: CommandSet): DataSetSink | undefined {
    this.association.idle.progress()
    const context = this.contexts.get(contextId)
    if (!context) throw new DimseProtocolError(`Presentation context ${contextId} was not accepted`)
    if (!isResponse(command.commandField)) {
      if (!this.options.onRequest) throw new DimseProtocolError('A request came where only responses belong')
      if (command.messageID === undefined) throw new DimseProtocolError('The request has no message ID')
      return this.options.onRequest(this, context, command)
    }
    const asked = this.awaited?.command
    if (requestOf(command, contextId, this.awaited).isAnswered) this.awaited = undefined
    if (asked) this.report.answered('us', asked, command.status ?? 0, command.errorComment)
    const deliver = (identifier: Buffer | undefined) => {
      this.responses.push({ context, command, identifier })
      this.aheadBytes += identifier?.length ?? 0
      if ((this.responses.length >= AHEAD_MAX || this.aheadBytes >= AHEAD_BYTES_MAX) && !this.paused) {
        this.paused = true
        this.association.idle.stop()
        this.association.pause()
      }
      this.wake()
    }
    if (command.hasDataSet) return collectIdentifier(deliver)
    deliver(undefined)
    return undefined
  }

  get isOpen(): boolean {
    return this.failure === undefined && this.association.established
  }

  /** Ends in good order; a peer that does not answer is left. Never rejects. */
  async release(): Promise<void> {
    if (!this.association.established) return
    this.cancelRequest = undefined
    this.association.releaseRequest()
    await this.ended(RELEASE_TIMEOUT_MS)
    this.association.destroy()
  }

  abort(): void {
    this.end(cancelled())
    this.association.abort()
  }

  /** Unless it has ended by then. */
  abortAfter(delayMs: number): void {
    setTimeout(() => this.abort(), delayMs).unref()
  }

  private ended(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      const check = this.wake
      this.wake = () => {
        check()
        if (!this.failure) return
        clearTimeout(timer)
        resolve()
      }
      this.wake()
    })
  }

  private onEnd(ending: Ending): void {
    this.messages.abort()
    this.report.ended(ending, this.socket)
    const beforeAccept = this.pduLength === 0
    this.end((beforeAccept && this.first && notDicom(this.first)) || endingError(ending, this.brokenBy))
  }

  private end(error: AssociationError): void {
    this.signal.removeEventListener('abort', this.onAbort)
    this.failure ??= error
    this.onOpened(this.failure)
    this.wake()
  }
}
