export type Part10ErrorCode = 'not-dicom' | 'truncated' | 'unsupported' | 'hostile'

/** The message is a sentence for a user; it never holds text out of the file. */
export class Part10Error extends Error {
  readonly code: Part10ErrorCode
  constructor(code: Part10ErrorCode, message: string) {
    super(message)
    this.name = 'Part10Error'
    this.code = code
  }
}
