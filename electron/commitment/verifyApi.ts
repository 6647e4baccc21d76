/** A file and what the index says of its data set. */
export interface FileToVerify {
  path: string
  dataSetHash: string
}

export interface VerifyApi {
  /** One answer a file, in their order: is it there, and the same? */
  verify(files: FileToVerify[], signal: AbortSignal): AsyncIterable<boolean>
}
