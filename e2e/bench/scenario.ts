import type { CtFiles } from './ctFiles.ts'
import type { Row } from './row.ts'

export interface Context {
  runs: number
  /** Fewer of everything: it informs, it proves nothing. */
  quick: boolean
  /** The same 1000 images for everybody, written when first asked for. */
  ctFiles(): CtFiles
}

/** A part of the bench that `--only` can name. */
export interface Scenario {
  name: string
  run(context: Context): Promise<Row[]>
}
