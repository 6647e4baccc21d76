import { z } from 'zod'
import { heartScoreRanges } from '#shared/imaging/animalRanges.ts'
import { hangingProtocols } from '#shared/imaging/hangingProtocol.ts'
import { instanceImage } from '#shared/imaging/instanceImage.ts'
import { ownWindows } from '#shared/imaging/ownWindows.ts'
import { keyHabits, pointerHabits, radialMenu } from '#shared/imaging/pointerHabits.ts'
import { command, query, stream } from './operation.ts'
import { seriesRow, studyRow } from './studies.ts'

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

/** Of `/data/opening/<studyId>`: which instance the samples are of. */
export const INSTANCE_HEADER = 'negatoscope-instance'

/** What the first picture of a study needs, at once: nobody waits for question after question. */
export const studyOpening = z.object({
  /** Null where it is not here. */
  study: studyRow.nullable(),
  series: z.array(seriesRow),
  /** Of the same patient, made before, the newest first. */
  earlier: z.array(studyRow).max(200),
  /** How the images of a series begin, in display order. Series that nothing is said of are asked for by themselves. */
  images: z.array(
    z.object({
      seriesId: z.number().int(),
      /** None is missing. */
      whole: z.boolean(),
      images: z.array(z.object({ instanceId: z.number().int(), image: instanceImage })).min(1),
    }),
  ),
})
export type StudyOpening = z.infer<typeof studyOpening>

export const viewer = {
  watch: stream({ input: z.object({}), output: viewerPreferences, audit: 'none' }),
  update: command({ input: viewerPreferences.partial(), output: viewerPreferences, audit: 'configure' }),
  opening: query({
    input: z.object({ studyId: z.number().int() }),
    output: studyOpening,
    audit: 'read-patient-data',
  }),
  /** Studies of the same patient that were made before, the newest first. */
  earlier: query({
    input: z.object({ studyId: z.number().int() }),
    output: z.array(studyRow).max(200),
    audit: 'read-patient-data',
  }),
}
