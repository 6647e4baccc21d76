import type { AssociationErrorDetails } from './nodeApi.ts'

/** A call that did not end well. `code` and `details` cross threads. */
export class AssociationError extends Error {
  readonly code: string
  readonly details: AssociationErrorDetails
  constructor(code: string, message: string, details: Omit<AssociationErrorDetails, 'code'> = {}) {
    super(message)
    this.name = 'AssociationError'
    this.code = code
    this.details = { code, ...details }
  }
}

export function cancelled(): AssociationError {
  return new AssociationError('CANCELLED', 'The call was cancelled')
}
