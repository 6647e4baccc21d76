export type ArchiveOpenErrorCode = 'INDEX_DAMAGED' | 'STORAGE_MISSING' | 'LATER_VERSION'

const codes: readonly string[] = ['INDEX_DAMAGED', 'STORAGE_MISSING', 'LATER_VERSION'] satisfies ArchiveOpenErrorCode[]

/** The archive cannot be opened, and a person can do something about it: the message says what. */
export class ArchiveOpenError extends Error {
  readonly code: ArchiveOpenErrorCode
  constructor(code: ArchiveOpenErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ArchiveOpenError'
    this.code = code
  }
}

/** Class identity is lost between threads; the code is not. */
export function asArchiveOpenError(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  return code !== undefined && codes.includes(code)
    ? new ArchiveOpenError(code as ArchiveOpenErrorCode, message ?? '', error)
    : error
}
