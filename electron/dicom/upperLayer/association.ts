import type { Socket } from 'node:net'
import type { AssociationReject } from '#shared/dicom/associationReject.ts'
import {
  type AssociateAccept,
  type AssociateRequest,
  encodeAssociateAccept,
  encodeAssociateRequest,
} from './associatePdu.ts'
import {
  type Abort,
  decodeAbort,
  decodeReject,
  encodeAbort,
  encodeReject,
  encodeReleaseRequest,
  encodeReleaseResponse,
} from './controlPdu.ts'
import { decodeAssociateAccept, decodeAssociateRequest } from './decodeAssociate.ts'
import { PduReader } from './pduReader.ts'
import { abortReason, abortSource, DATA_PDU_TOLERATED, InvalidPdu, pduType } from './pduType.ts'
import { type State, stateTable, type UpperLayerEvent } from './stateTable.ts'
import { Artim, IdleTimer } from './timer.ts'
import { COMMAND_COST, Turn } from './turn.ts'

/** How an association ended, seen from this side. */
export interface Ending {
  how: 'released' | 'rejected' | 'aborted' | 'lost' | 'timed-out'
  /** Ours or the peer's A-ABORT. */
  abort?: Abort & { by: 'us' | 'peer' }
  note?: string
}

/** The indications and confirmations of PS3.8 7. Exactly one `onEnd` comes last. */
export interface AssociationUser {
  onRequest?(request: AssociateRequest): void
  onAccept?(accept: AssociateAccept): void
  onReject?(rejection: AssociationReject): void
  onFragment(contextId: number, control: number, bytes: Buffer, endOfValue: boolean): void
  onReleaseRequest?(): void
  onEnd(ending: Ending): void
  /** How long nothing may happen now; without it the idle timeout. */
  patienceMs?(): number
}

export interface AssociationTimers {
  artimTimeoutMs: number
  idleTimeoutMs: number
  /** How often `patienceMs` is asked; the idle timeout when it never changes. */
  lookEveryMs?: number
  /** R126: after our last word the peer has so long to close, at most ARTIM (PS3.8 9.1.5); then we do. */
  closeDelayMs?: number
}

/** The state machine of PS3.8 9.2 over one socket. */
export class Association {
  state: State
  readonly socket: Socket
  readonly idle: IdleTimer
  private readonly role: 'requestor' | 'acceptor'
  private readonly user: AssociationUser
  private readonly reader: PduReader
  private readonly artim: Artim
  private readonly turn = new Turn({
    onOver: () => this.stopReading(),
    onNext: () => {
      if (!this.isHeld) this.goOnReading()
    },
  })
  private isHeld = false
  private readonly closeDelayMs: number
  private ending: Ending | undefined
  private ended = false
  private abortPdu: Abort = { source: abortSource.serviceUser, reason: abortReason.notSpecified }

  /** `socket` is connected already. As acceptor the state is then Sta2 with ARTIM running (AE-5), as requestor Sta4. */
  constructor(socket: Socket, role: 'requestor' | 'acceptor', timers: AssociationTimers, user: AssociationUser) {
    this.socket = socket
    this.role = role
    this.user = user
    this.closeDelayMs = Math.min(timers.closeDelayMs ?? timers.artimTimeoutMs, timers.artimTimeoutMs)
    this.artim = new Artim(timers.artimTimeoutMs, () => {
      if (this.state === 'Sta2') this.ending ??= { how: 'timed-out', note: 'No A-ASSOCIATE-RQ came' }
      this.fire('artimExpired')
    })
    const patienceMs = () => user.patienceMs?.() ?? timers.idleTimeoutMs
    this.idle = new IdleTimer(patienceMs, timers.lookEveryMs ?? timers.idleTimeoutMs, () => {
      this.ending ??= { how: 'timed-out', note: 'Nothing came for too long' }
      this.abort(abortSource.serviceProvider)
    })
    this.reader = new PduReader(
      {
        onPdu: (type, body) => this.onPdu(type, body),
        onDataPdu: () => {
          if (this.state === 'Sta6') return true
          this.fire('dataPdu')
          return this.state === 'Sta7'
        },
        onFragment: (contextId, control, bytes, end) => {
          if (this.state !== 'Sta6' && this.state !== 'Sta7') return
          // Headers are no progress: empty values could otherwise keep a request waiting for ever.
          this.idle.received(bytes.length)
          this.user.onFragment(contextId, control, bytes, end)
          this.turn.spend(end && (control & 1) === 1 ? COMMAND_COST : 1)
        },
      },
      DATA_PDU_TOLERATED,
    )
    // A small PDU must not wait for the peer's delayed acknowledgement of the one before (Nagle).
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.onData(chunk))
    socket.on('error', () => {}) // 'close' follows and tells all there is to do
    socket.on('close', () => this.fire('transportClosed'))
    socket.on('end', () => socket.destroy())
    this.state = 'Sta1'
    this.fire(role === 'acceptor' ? 'transportIndication' : 'associateRequest')
  }

  get established(): boolean {
    return this.state === 'Sta6'
  }

  request(request: Parameters<typeof encodeAssociateRequest>[0]): void {
    this.fire('transportConfirm', encodeAssociateRequest(request))
  }
  accept(accept: Parameters<typeof encodeAssociateAccept>[0]): void {
    this.fire('acceptResponse', encodeAssociateAccept(accept))
  }
  reject(rejection: AssociationReject): void {
    this.fire('rejectResponse', encodeReject(rejection))
  }
  releaseRequest(): void {
    this.fire('releaseRequest')
  }
  releaseResponse(): void {
    this.fire('releaseResponse')
  }
  abort(source: number = abortSource.serviceUser, reason: number = abortReason.notSpecified): void {
    this.abortPdu = { source, reason: source === abortSource.serviceUser ? 0 : reason }
    this.fire('abortRequest')
  }

  /** One or more whole P-DATA-TF PDUs in one write. False: wait for `written` before the next. */
  send(pdus: Uint8Array, written?: () => void): boolean {
    if (this.state !== 'Sta6' && this.state !== 'Sta8') return false
    return this.socket.write(pdus, written)
  }

  /** Resolves when `pdus` may be used again; also when the association ended. */
  sendAll(pdus: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      const written = () => {
        this.idle.progress()
        resolve()
      }
      this.send(pdus, written)
      if (!this.established) resolve()
    })
  }

  pause(): void {
    this.isHeld = true
    this.stopReading()
  }
  resume(): void {
    this.isHeld = false
    if (!this.turn.isOver) this.goOnReading()
  }

  private stopReading(): void {
    this.reader.pause()
    this.socket.pause()
  }
  private goOnReading(): void {
    try {
      if (this.reader.resume()) this.socket.resume()
    } catch (error) {
      this.invalid(error)
    }
  }

  /** Ends without a word, for a peer that answers nothing any more. */
  destroy(): void {
    this.socket.destroy()
  }

  private onData(chunk: Buffer): void {
    try {
      this.reader.feed(chunk)
    } catch (error) {
      this.invalid(error)
    }
  }

  private invalid(error: unknown): void {
    this.reader.stop()
    if (!(error instanceof InvalidPdu)) {
      // A fault of ours must not take the other associations along.
      this.ending ??= { how: 'aborted', note: error instanceof Error ? error.message : String(error) }
      this.abort(abortSource.serviceUser)
      return
    }
    this.ending ??= { how: 'aborted', note: error.message }
    this.abortPdu = { source: abortSource.serviceProvider, reason: error.reason }
    this.fire('invalidPdu')
  }

  private onPdu(type: number, body: Buffer): void {
    this.idle.progress()
    if (type === pduType.associateRequest) this.fire('requestPdu', body)
    else if (type === pduType.associateAccept) this.fire('acceptPdu', body)
    else if (type === pduType.associateReject) this.fire('rejectPdu', body)
    else if (type === pduType.releaseRequest) this.fire('releaseRequestPdu')
    else if (type === pduType.releaseResponse) this.fire('releaseResponsePdu')
    else this.fire('abortPdu', body)
  }

  private fire(event: UpperLayerEvent, bytes: Buffer = Buffer.alloc(0)): void {
    const action = stateTable[event][this.state]
    switch (action) {
      case undefined:
        return
      case 'AE-1':
        this.state = 'Sta4'
        return
      case 'AE-2':
        this.state = 'Sta5'
        this.socket.write(bytes)
        return
      case 'AE-3': {
        const accept = decodeAssociateAccept(bytes)
        this.artim.stop()
        this.establish()
        this.user.onAccept?.(accept)
        return
      }
      case 'AE-4': {
        const rejection = decodeReject(bytes)
        this.ending = { how: 'rejected' }
        this.user.onReject?.(rejection)
        this.close()
        return
      }
      case 'AE-5':
        this.state = 'Sta2'
        this.artim.start()
        return
      case 'AE-6': {
        const request = decodeAssociateRequest(bytes)
        this.artim.stop()
        this.state = 'Sta3'
        this.user.onRequest?.(request)
        return
      }
      case 'AE-7':
        this.establish()
        this.socket.write(bytes)
        return
      case 'AE-8':
        this.ending ??= { how: 'rejected' }
        this.awaitClose(bytes)
        return
      case 'AR-1':
        this.state = 'Sta7'
        this.socket.write(encodeReleaseRequest())
        return
      case 'AR-2':
        this.state = 'Sta8'
        this.user.onReleaseRequest?.()
        return
      case 'AR-3':
        this.ending ??= { how: 'released' }
        this.close()
        return
      case 'AR-4':
        this.ending ??= { how: 'released' }
        this.awaitClose(encodeReleaseResponse())
        return
      case 'AR-5':
        this.finish()
        return
      case 'AR-8':
        this.state = this.role === 'requestor' ? 'Sta9' : 'Sta10'
        // Both sides asked for release: the requestor answers first (PS3.8 7.2.2.1).
        if (this.role === 'requestor') this.fire('releaseResponse')
        return
      case 'AR-9':
        this.state = 'Sta11'
        this.socket.write(encodeReleaseResponse())
        return
      case 'AR-10':
        this.state = 'Sta12'
        this.fire('releaseResponse')
        return
      case 'AA-1':
        // PS3.8 Table 9-9: in Sta2 the service user aborts, whatever was wrong; its reason is not significant (9.3.8).
        if (event === 'invalidPdu')
          this.abortPdu = { source: abortSource.serviceUser, reason: abortReason.notSpecified }
        this.ending ??= { how: 'aborted' }
        this.ending.abort ??= { ...this.abortPdu, by: 'us' }
        this.awaitClose(encodeAbort(this.abortPdu))
        return
      case 'AA-2':
        this.ending ??= { how: 'aborted' }
        this.close()
        return
      case 'AA-3': {
        const abort = decodeAbort(bytes)
        this.ending ??= { how: 'aborted' }
        this.ending.abort ??= { ...abort, by: 'peer' }
        this.close()
        return
      }
      case 'AA-4':
        this.ending ??= { how: 'lost' }
        this.finish()
        return
      case 'AA-5':
        this.ending ??= { how: 'lost' }
        this.finish()
        return
      case 'AA-7':
        // Once: a flood of requests must not become a flood of answers that nobody reads.
        this.reader.stop()
        this.socket.write(encodeAbort({ source: abortSource.serviceProvider, reason: abortReason.unexpectedPdu }))
        return
      case 'AA-8': {
        const reason = event === 'invalidPdu' ? this.abortPdu.reason : abortReason.unexpectedPdu
        this.ending ??= { how: 'aborted', note: `Unexpected PDU in ${this.state}` }
        this.ending.abort ??= { source: abortSource.serviceProvider, reason, by: 'us' }
        this.awaitClose(encodeAbort({ source: abortSource.serviceProvider, reason }))
        return
      }
      case 'AA-6':
      case 'AR-6':
      case 'AR-7':
      case 'DT-1':
      case 'DT-2':
        return // nothing to do, or done on the data path
    }
  }

  private establish(): void {
    this.state = 'Sta6'
    this.idle.start()
  }

  /** Says the last word; the peer closes the transport, or ARTIM does. */
  private awaitClose(lastPdu: Buffer): void {
    this.state = 'Sta13'
    this.idle.stop()
    this.artim.start(this.closeDelayMs)
    this.socket.write(lastPdu)
    if (this.reader.isPaused) {
      // What was held back is of no use any more, and while paused the peer's closing would not be noticed.
      this.reader.stop()
      this.socket.resume()
    }
    this.report()
  }

  private close(): void {
    this.artim.stop()
    this.idle.stop()
    this.reader.stop()
    this.state = 'Sta1'
    this.socket.destroy()
    this.report()
  }

  private finish(): void {
    this.artim.stop()
    this.idle.stop()
    this.reader.stop()
    this.state = 'Sta1'
    this.report()
  }

  private report(): void {
    if (this.ended) return
    this.ended = true
    this.user.onEnd(this.ending ?? { how: 'lost' })
  }
}
