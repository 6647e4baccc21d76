import { z } from 'zod'

export const apiErrorCode = z.enum([
  'not-found',
  'invalid-input',
  'unreachable',
  'rejected',
  'dimse-failure',
  'cancelled',
  'disconnected',
  'busy',
  'internal',
])
export type ApiErrorCode = z.infer<typeof apiErrorCode>

export const apiErrorShape = z.object({
  code: apiErrorCode,
  /** A sentence for the person at the screen: what happened and what to do next. */
  message: z.string(),
  /** DIMSE status (PS3.7 annex C), where a peer gave one. */
  status: z.number().int().optional(),
  /** The field of the input that is wrong, for forms. */
  field: z.string().optional(),
})

/** The only error that crosses the contract. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly status: number | undefined
  readonly field: string | undefined
  constructor(
    code: ApiErrorCode,
    message: string,
    detail: { status?: number | undefined; field?: string | undefined } = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = detail.status
    this.field = detail.field
  }
}
