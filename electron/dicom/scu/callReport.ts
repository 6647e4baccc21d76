import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { AssociationError } from '../associationError.ts'
import type { AssociationProposal } from '../associationRecord.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { NodeEvent, Peer, RemoteParty } from '../nodeApi.ts'
import { AssociationTally } from '../scp/associationTally.ts'
import { plainText } from '../scp/plainText.ts'
import type { Security } from '../tls/peerTls.ts'
import type { AssociateAccept, ProposedContext } from '../upperLayer/associatePdu.ts'
import type { Ending } from '../upperLayer/association.ts'

/** A peer within the DICOM thread: whoever calls it says so. */
export interface ReportingPeer extends Peer {
  report?: (event: NodeEvent) => void
}

/** Tells the log of associations what became of one call of ours. */
export class CallReport {
  private readonly associationId = randomUUID()
  private readonly startedAt = Date.now()
  private readonly tally = new AssociationTally()
  private readonly peer: ReportingPeer
  private readonly proposed: readonly ProposedContext[]
  private isAccepted = false

  constructor(peer: ReportingPeer, proposed: readonly ProposedContext[]) {
    this.peer = peer
    this.proposed = proposed
  }

  accepted(accept: AssociateAccept, security: Security | undefined): void {
    this.isAccepted = true
    const tls = security ? { tls: security.protocol } : {}
    const party = { ...this.party(), ...tls }
    const { associationId, startedAt: at } = this
    this.peer.report?.({ kind: 'callAccepted', associationId, party, at, proposal: this.proposal(accept) })
  }

  answered(by: 'peer' | 'us', request: CommandSet, status: number, errorComment?: string): void {
    this.tally.answered(by, request, status, errorComment)
  }

  ended({ how, note, abort }: Ending, { bytesRead, bytesWritten }: Socket): void {
    if (!this.isAccepted || how === 'rejected') return
    this.isAccepted = false
    const who = abort?.by === 'us' ? 'this workstation' : 'the server'
    const words = note ?? (abort ? `A-ABORT by ${who}, source ${abort.source}, reason ${abort.reason}` : undefined)
    const tally = this.tally.result(bytesRead, bytesWritten)
    this.peer.report?.({
      kind: 'callEnded',
      associationId: this.associationId,
      at: Date.now(),
      how,
      note: words,
      tally,
    })
  }

  /** It never became an association. */
  failed(error: unknown): void {
    if (this.isAccepted) return
    const { code, details } = error instanceof AssociationError ? error : { code: 'LOST', details: undefined }
    this.peer.report?.({
      kind: 'callFailed',
      party: this.party(),
      at: Date.now(),
      startedAt: this.startedAt,
      code,
      cause: plainText(details?.cause ?? ''),
      ...(details?.rejection ? { rejection: details.rejection } : {}),
      proposal: this.proposal(),
    })
  }

  private party(): RemoteParty {
    const { callingAETitle, calledAETitle, host, port } = this.peer
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    return { callingAETitle: plainText(callingAETitle), calledAETitle: plainText(calledAETitle), address }
  }

  private proposal(accept?: AssociateAccept): AssociationProposal {
    return {
      implementation: plainText(accept?.implementationVersionName || accept?.implementationClassUID || ''),
      maxPduLength: accept?.maxPduLength ?? 0,
      contexts: this.proposed.map(({ id, abstractSyntax, transferSyntaxes }) => {
        const answer = accept?.contexts.find((context) => context.id === id)
        const transferSyntax = answer?.result === 0 ? plainText(answer.transferSyntax) : ''
        return {
          abstractSyntax,
          transferSyntaxes: [...transferSyntaxes],
          result: answer?.result ?? null,
          transferSyntax,
        }
      }),
    }
  }
}
