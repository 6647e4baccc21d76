let listener: ((studyId: number) => void) | undefined

/** Told of the study in the list that a hand goes down on: most likely the next to be opened. Nothing is drawn for that. */
export function onAim(told: (studyId: number) => void): void {
  listener = told
}

export function aimAt(studyId: number): void {
  listener?.(studyId)
}
