import { ApiError } from '#shared/contract/errors.ts'

/** What a person gave cannot be used; `message` says what it lacks and what to do. */
export class CertificateError extends ApiError {
  constructor(message: string, options: { field?: 'password'; cause?: unknown } = {}) {
    super('invalid-input', message, { field: options.field })
    this.cause = options.cause
  }
}
