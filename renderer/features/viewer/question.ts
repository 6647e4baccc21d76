import { create } from 'zustand'

/** What a tool must be told before its work is done. */
export type Question =
  | { kind: 'words'; title: string; value: string; optional: boolean; onAnswer(words: string): void }
  | { kind: 'millimetres'; onAnswer(millimetres: number): void }

export const useQuestion = create<{ question: Question | undefined }>(() => ({ question: undefined }))

export function ask(question: Question): void {
  useQuestion.setState({ question })
}

export function dismiss(): void {
  useQuestion.setState({ question: undefined })
}
