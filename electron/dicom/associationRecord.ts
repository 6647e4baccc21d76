/** Bounded, printable, and without anything of a patient's. */
export interface AssociationProposal {
  /** Implementation version name, or the class UID where there is none. */
  implementation: string
  maxPduLength: number
  contexts: {
    abstractSyntax: string
    transferSyntaxes: string[]
    /** PS3.8 Table 9-18; null when the whole association was refused. */
    result: number | null
    /** '' when it was not accepted. */
    transferSyntax: string
  }[]
}

/** What went over one association. */
export interface AssociationTally {
  bytesReceived: number
  bytesSent: number
  /** Requests by who asked, kind (PS3.7 E.1) and final status. */
  operations: { by: 'peer' | 'us'; commandField: number; status: number; count: number }[]
  /** The first requests that ended as warning or failure. */
  failures: {
    by: 'peer' | 'us'
    commandField: number
    status: number
    errorComment: string
    sopClassUID: string
    sopInstanceUID: string
  }[]
  /** The first requests as they were answered; `ms` from the beginning on. */
  steps: { ms: number; by: 'peer' | 'us'; commandField: number; status: number; sopClassUID: string }[]
}
