/** The peer broke PS3.7 in a way that leaves no message to answer: the association is aborted. */
export class DimseProtocolError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DimseProtocolError'
  }
}

/** A request that is answered with a failure status; it makes its own response. */
export class DimseError extends Error {
  readonly status: number
  constructor(status: number, comment: string) {
    super(comment)
    this.name = 'DimseError'
    this.status = status
  }
}
