/** A request that is not answered with what it asks for; `message` is a sentence for whoever runs the other program. */
export class WebRefusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'WebRefusal'
    this.status = status
    this.headers = headers
  }
}

export const notFound = (): WebRefusal => new WebRefusal(404, 'The archive has nothing under these UIDs.')
export const notAcceptable = (what: string): WebRefusal => new WebRefusal(406, what)
