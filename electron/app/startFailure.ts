import { ArchiveOpenError } from '#electron/archive/archiveOpenError.ts'
import { WorkstationError } from '#electron/workstation.ts'

export interface StartFailure {
  sentence: string
  /** The images are whole; only their index has to be made anew. */
  canRebuild: boolean
}

/** What the dialog says of a start that failed. A person who double-clicks an icon cannot type a flag. */
export function startFailure(error: unknown): StartFailure {
  if (!(error instanceof WorkstationError))
    return { sentence: 'The workstation could not start. The log has the details.', canRebuild: false }
  const { cause } = error
  if (!(cause instanceof ArchiveOpenError) || cause.code !== 'INDEX_DAMAGED')
    return { sentence: error.message, canRebuild: false }
  return {
    sentence:
      'The index of the archive is damaged. The images themselves are safe: the index can be made anew from them, which takes a while for a large archive.',
    canRebuild: true,
  }
}
