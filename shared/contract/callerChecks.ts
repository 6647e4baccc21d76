import { z } from 'zod'

/** The two ways to begin with; Settings has each check by itself (R066). */
export const acceptShape = z.enum(['any', 'known'])
export type Accept = z.infer<typeof acceptShape>

export interface CallerChecks {
  checkCalledAETitle: boolean
  checkCallingAETitle: boolean
  checkAddress: boolean
}

/** `any`: no checks. `known`: our AE title must be called, by a server of the list, from its address (R065). */
export function checksOf(accept: Accept): CallerChecks {
  const on = accept === 'known'
  return { checkCalledAETitle: on, checkCallingAETitle: on, checkAddress: on }
}

export function acceptOf({ checkCalledAETitle, checkCallingAETitle, checkAddress }: CallerChecks): Accept {
  return checkCalledAETitle || checkCallingAETitle || checkAddress ? 'known' : 'any'
}
