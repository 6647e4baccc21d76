import { z } from 'zod'
import { heartScoreRanges } from '#shared/imaging/animalRanges.ts'
import { hangingProtocols } from '#shared/imaging/hangingProtocol.ts'
import { ownWindows } from '#shared/imaging/ownWindows.ts'
import { keyHabits, pointerHabits, radialMenu } from '#shared/imaging/pointerHabits.ts'
import { command, query, stream } from './operation.ts'
import { studyRow } from './studies.ts'

/** How this workstation reads images. One for all its windows. */
export const viewerPreferences = z.object({
  /** The first that fits a study is used. */
  hangingProtocols,
  /** Ranges beside a vertebral heart score. */
  heartScores: heartScoreRanges,
  /** Other keys than the usual ones. */
  keys: keyHabits,
  pointer: pointerHabits,
  ownWindows,
  /** What a right click opens around the pointer. */
  radialMenu,
})
export type ViewerPreferences = z.infer<typeof viewerPreferences>

export const viewer = {
  watch: stream({ input: z.object({}), output: viewerPreferences, audit: 'none' }),
  update: command({ input: viewerPreferences.partial(), output: viewerPreferences, audit: 'configure' }),
  /** Studies of the same patient that were made before, the newest first. */
  earlier: query({
    input: z.object({ studyId: z.number().int() }),
    output: z.array(studyRow).max(200),
    audit: 'read-patient-data',
  }),
}
