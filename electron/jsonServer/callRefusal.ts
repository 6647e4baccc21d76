/** The caller is told `message` under this HTTP status, and nothing was done. */
export class CallRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
