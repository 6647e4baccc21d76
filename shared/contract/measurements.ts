import { z } from 'zod'
import { MAXIMUM_POINTS, measuredValue, measurementKind } from '#shared/imaging/measuredValue.ts'
import { reformatAxes } from '#shared/imaging/reformatPlanes.ts'
import { command, query } from './operation.ts'

const measurementId = z.uuid()
const coordinate = z.number().min(-1e6).max(1e6)
const vector = z.tuple([coordinate, coordinate, coordinate])
const imagePoint = z.tuple([coordinate, coordinate])

/** What somebody measured or wrote on an image. Points are column, row; 0,0 is the outer corner of the first pixel. */
export const measurement = z.object({
  measurementId,
  instanceId: z.number().int().min(1),
  /** From 0, within the instance. */
  frame: z.number().int().min(0).max(1_000_000),
  kind: measurementKind,
  points: z.array(imagePoint).min(1).max(MAXIMUM_POINTS),
  /** A name in place of the kind's own; the text of arrows and texts. */
  name: z.string().max(256, 'A name has 256 characters at most.'),
  hidden: z.boolean(),
  /** Where its words were moved to, relative to where they would stand, in pixels of the image. */
  moved: imagePoint.nullable(),
  /** Of a calibration: what the line measures. */
  knownMm: z.number().min(0).max(10_000),
  /** Where it lies on a picture that was made out of a volume: its plane in the body, and mm a pixel. */
  reformat: z
    .object({
      axis: z.enum(reformatAxes),
      position: vector,
      rowDirection: vector,
      columnDirection: vector,
      pixel: z.number().positive().max(1000),
      frameOfReferenceUID: z.string().max(64),
    })
    .optional(),
  /** As it was when it was saved, for lists; worked out anew when the image is shown. */
  measured: measuredValue,
})
export type MeasuredReformat = NonNullable<z.infer<typeof measurement>['reformat']>
export type SavedMeasurement = z.infer<typeof measurement>

export const keptMeasurement = measurement.extend({
  seriesId: z.number().int(),
  /** Of the instance: one with several is a stack of its own. */
  frames: z.number().int(),
})
export type KeptMeasurement = z.infer<typeof keptMeasurement>

/** Measurements stay with the images that they lie on: in the trash and back, and gone when these are gone. */
export const measurements = {
  /** Of all images of the studies, oldest first. */
  list: query({
    input: z.object({ studyIds: z.array(z.number().int()).min(1).max(64) }),
    output: z.array(keptMeasurement),
    audit: 'read-patient-data',
  }),
  /** On disk when it answers. Those of images that are gone are left out. */
  save: command({
    input: z.object({ measurements: z.array(measurement).min(1).max(500) }),
    output: z.object({ saved: z.number().int() }),
    audit: 'change-patient-data',
  }),
  remove: command({
    input: z.object({ measurementIds: z.array(measurementId).min(1).max(500) }),
    output: z.object({}),
    audit: 'change-patient-data',
  }),
}
