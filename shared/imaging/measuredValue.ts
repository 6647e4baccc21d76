import { z } from 'zod'

/**
 * What a person can put on an image. A calibration is kept like a measurement: it is a line of known length. So is the mark
 * of a key image, whose point means nothing.
 */
export const measurementKind = z.enum([
  'length',
  'angle',
  'ellipse',
  'probe',
  'rectangle',
  'circle',
  'freehand',
  'bidirectional',
  'cobb',
  'heartRatio',
  'arrow',
  'text',
  'calibration',
  'keyImage',
  'heartScore',
  'norberg',
  'plateau',
])
export type MeasurementKind = z.infer<typeof measurementKind>

/**
 * How many points each kind is made of. An angle is end, apex, end; an ellipse and a rectangle two opposite corners of
 * their box; a circle its centre and a point on it; a bidirectional the ends of its long, then of its short axis; a Cobb
 * angle two lines; the measures of animals as animalMeasures.ts says; a cardiothoracic ratio heart, then thorax; an arrow its tip and its end; freehand as many as drawn.
 */
export const pointsOf: Record<MeasurementKind, number> = {
  length: 2,
  angle: 3,
  ellipse: 2,
  probe: 1,
  rectangle: 2,
  circle: 2,
  freehand: 3,
  bidirectional: 4,
  cobb: 4,
  heartRatio: 4,
  arrow: 2,
  text: 1,
  calibration: 2,
  keyImage: 1,
  heartScore: 6,
  norberg: 8,
  plateau: 4,
}

export const MAXIMUM_POINTS = 2000

const unit = z.enum(['mm', 'px'])
const factors = z.object({
  bodyWeight: z.number().nullable(),
  leanBody: z.number().nullable(),
  bodySurface: z.number().nullable(),
})

const area = z.object({
  kind: z.enum(['ellipse', 'rectangle', 'circle', 'freehand']),
  area: z.number(),
  areaUnit: z.enum(['mm²', 'px²']),
  source: z.string(),
  /** Whose centre lies inside, and that the statistics are of. */
  pixels: z.number(),
  /** Inside, too, but padding: no part of the image, and left out. */
  paddingPixels: z.number().optional(),
  /** Of the values in `unit`; null for colour and where no pixel is counted. */
  statistics: z.object({ mean: z.number(), deviation: z.number(), min: z.number(), max: z.number() }).nullable(),
  unit: z.string(),
  suv: factors.optional(),
})
export type MeasuredArea = z.infer<typeof area>

export const measuredValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('length'), length: z.number(), unit, source: z.string() }),
  z.object({ kind: z.literal('angle'), degrees: z.number() }),
  z.object({ kind: z.literal('cobb'), degrees: z.number() }),
  z.object({
    kind: z.literal('probe'),
    column: z.number(),
    row: z.number(),
    /** null where the pixel is not a number. */
    values: z.array(z.number().nullable()),
    unit: z.string(),
    suv: factors.optional(),
    /** Of the volume that is drawn over this one, at the same place. */
    over: z
      .object({ name: z.string().max(64), value: z.number().nullable(), unit: z.string(), suv: factors.optional() })
      .optional(),
  }),
  z.object({ kind: z.literal('bidirectional'), long: z.number(), short: z.number(), unit, source: z.string() }),
  z.object({ kind: z.literal('heartRatio'), heart: z.number(), thorax: z.number(), unit, source: z.string() }),
  z.object({
    kind: z.literal('heartScore'),
    /** In vertebrae. */
    score: z.number(),
    long: z.number(),
    short: z.number(),
    longLength: z.number(),
    shortLength: z.number(),
    unit,
    source: z.string(),
  }),
  /** Degrees at the femoral head that was marked first, and at the other one. */
  z.object({ kind: z.literal('norberg'), first: z.number(), second: z.number() }),
  z.object({ kind: z.literal('plateau'), degrees: z.number() }),
  z.object({ kind: z.literal('calibration'), pixels: z.number(), knownMm: z.number() }),
  z.object({ kind: z.enum(['arrow', 'text', 'keyImage']) }),
  area,
])
export type MeasuredValue = z.infer<typeof measuredValue>
