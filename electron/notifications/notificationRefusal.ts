/** The sender is told `message`, and nothing was done. */
export class NotificationRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
