/** A file and what the index says of its data set. */
export interface FileToVerify {
  path: string
  dataSetHash: string
}

/**
 * - `same`, `differs`: read to its end just now.
 * - `gone`: its storage folder is there, and the file is not in it.
 * - `unreadable`: nothing can be said now (the disk is away, or fails).
 */
export type Verdict = 'same' | 'differs' | 'gone' | 'unreadable'

export interface VerifyApi {
  /** One answer a file, in their order. */
  verify(files: FileToVerify[], signal: AbortSignal): AsyncIterable<Verdict>
}
