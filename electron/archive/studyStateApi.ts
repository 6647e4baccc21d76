import type { StudyArrivals } from '#shared/contract/studies.ts'

/** What somebody said of how many images a study has. */
export interface Expectation {
  studyInstanceUID: string
  /** The server's name. */
  saidBy: string
  instances: number
}

/** What the index knows of whether a study is whole. */
export interface KeptState {
  studyId: number
  received: number
  /** Of which documents that were written here: nobody else need count them. */
  made: number
  /** The most that anybody said; null where nobody did. */
  expected: number | null
  saidBy: string
  /** Sentences: which numbers are missing between others. */
  gaps: string[]
  /** Came after a pause, since the study was opened last. */
  late: number
}

export interface StudyStateReaderApi {
  studyStates(studyIds: number[]): Promise<KeptState[]>
  /** From whom each image came, and when; the latest last. */
  studyArrivals(studyId: number): Promise<StudyArrivals>
}

export interface StudyStateWriterApi {
  /** What was said before by the same is replaced. */
  expectInstances(expectations: Expectation[]): Promise<void>
}
