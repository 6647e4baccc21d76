/** Writing to the storage folder failed. `no-space` is told to senders and users as what it is (R064). */
export class StorageError extends Error {
  readonly code: 'no-space' | 'io'
  constructor(code: 'no-space' | 'io', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Turns what `node:fs` throws into a StorageError. The message holds the system's code, never a path or data. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error'
  return NO_SPACE.has(code)
    ? new StorageError('no-space', 'There is no space left in the storage folder', error)
    : new StorageError('io', `The storage folder cannot be written (${code})`, error)
}
