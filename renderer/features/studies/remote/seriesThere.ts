import type { InputOf } from '#shared/contract/operation.ts'
import type { studies } from '#shared/contract/studies.ts'

/** A series at a server. */
export type SeriesThere = InputOf<typeof studies.remotePicture>
