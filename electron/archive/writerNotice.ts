/** What the writer thread says of itself, beside the answers to calls. */
export type WriterNotice =
  | { kind: 'ready'; storageFolder: string }
  | { kind: 'studiesChanged'; studyIds: number[] }
  | { kind: 'storageFolder'; folder: string }
  | { kind: 'worklistChanged' }

export interface WriterStart {
  dataFolder: string
  /** At the start of the process only: later the files in `tmp/` belong to stores under way. */
  recover: boolean
  /** `rebuildIndex` is called next: it finds everything, and a damaged index must not keep the thread from starting. */
  rebuild: boolean
}
