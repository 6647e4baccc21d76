import type { FrameAnswer } from './frameParser.ts'

export interface FrameName {
  instanceId: number
  /** From 0. */
  frame: number
}

export type ToWorker =
  | { kind: 'fetch'; request: number; url: string; frames: FrameName[] }
  | { kind: 'abort'; request: number }

export type ToPage =
  | { kind: 'frame'; request: number; index: number; answer: FrameAnswer }
  | { kind: 'end'; request: number; error?: string }
