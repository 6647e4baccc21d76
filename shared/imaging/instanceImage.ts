import { z } from 'zod'
import type { ReformatAxis } from './reformatPlanes.ts'
import { technique } from './technique.ts'

/**
 * What the viewer must know of one instance, worked out once when it is stored. Pixels are delivered separately
 * (data plane), decoded, as `samples`: little endian, unpadded, interleaved when colour.
 */
const spacingSource = z.enum(['pixel-spacing', 'detector', 'film', 'calibrated', 'ultrasound-region', 'none'])
export type SpacingSource = z.infer<typeof spacingSource>

const vector3 = z.tuple([z.number(), z.number(), z.number()])

/** PS3.3 C.7.6.2: where a frame lies in the patient. Millimetres. */
const imagePlane = z.object({
  position: vector3,
  rowDirection: vector3,
  columnDirection: vector3,
  /** Distance between rows (down), then columns (across), in mm; PS3.3 10.7.1.3 order. */
})
export type ImagePlane = z.infer<typeof imagePlane>

/** (0018,6011): a part of an ultrasound image with its own scale. Pixel bounds inclusive; mm a pixel, or null when not a length. */
const ultrasoundRegion = z.object({
  x0: z.number(),
  y0: z.number(),
  x1: z.number(),
  y1: z.number(),
  mmPerPixelX: z.number().nullable(),
  mmPerPixelY: z.number().nullable(),
})

const voiWindow = z.object({ center: z.number(), width: z.number(), explanation: z.string() })

/** (0018,1600): what is covered, in image coordinates (0,0 = outer corner of the first pixel). Shapes add up. */
const shutter = z.object({
  /** Of the cover: 0 black, 255 white. */
  grey: z.number(),
  rectangle: z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }).optional(),
  circle: z.object({ center: z.tuple([z.number(), z.number()]), radius: z.number() }).optional(),
  polygon: z.array(z.tuple([z.number(), z.number()])).optional(),
})
export type Shutter = z.infer<typeof shutter>

/** PET: what a value is multiplied by to be a standardised uptake value; null where it is not known. */
const suv = z.object({
  /** g/ml. */
  bodyWeight: z.number().nullable(),
  /** g/ml. */
  leanBody: z.number().nullable(),
  /** cm²/ml. */
  bodySurface: z.number().nullable(),
  /** A sentence: why those that are null are. */
  why: z.string(),
})

const frameImage = z.object({
  plane: imagePlane.nullable(),
  slope: z.number(),
  intercept: z.number(),
  windows: z.array(voiWindow),
  /** mm between rows, mm between columns; null where unknown. */
  spacing: z.tuple([z.number(), z.number()]).nullable(),
})
export type FrameImage = z.infer<typeof frameImage>

export const instanceImage = z.object({
  sopClassUID: z.string(),
  sopInstanceUID: z.string(),
  transferSyntaxUID: z.string(),
  modality: z.string(),
  instanceNumber: z.number().nullable(),
  acquisitionNumber: z.number().nullable(),
  rows: z.number().int(),
  columns: z.number().int(),
  frames: z.number().int(),
  /** As in the file, for messages (R168); the delivered samples are always MONOCHROME1, MONOCHROME2 or RGB. */
  photometricInterpretation: z.string(),
  /** The form of the delivered samples. */
  samples: z.object({
    type: z.enum(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64', 'rgb8']),
    /** MONOCHROME1: low values are white. */
    inverted: z.boolean(),
  }),
  bitsStored: z.number().int(),
  spacingSource,
  /** Detector spacing was corrected by EstimatedRadiographicMagnificationFactor, or could be; for the label. */
  spacingNote: z.string(),
  /** Height of a pixel divided by its width (0028,0034); 1 when square. */
  pixelAspect: z.number(),
  frameOfReferenceUID: z.string(),
  /** (0020,0020) row direction, column direction, as written: used where there is no plane. */
  patientOrientation: z.array(z.string()),
  /** (0010,2210), where said: the names of directions differ between people and animals on four legs. */
  anatomicalOrientationType: z.enum(['BIPED', 'QUADRUPED']).optional(),
  /** (0018,0015), else the meaning of the Anatomic Region Sequence; absent when not said. */
  bodyPart: z.string().optional(),
  laterality: z.string(),
  viewPosition: z.string(),
  /** Milliseconds between frames; null when not a clip. */
  frameTimeMs: z.number().nullable(),
  frameTimeVectorMs: z.array(z.number()).nullable(),
  ultrasoundRegions: z.array(ultrasoundRegion),
  rescaleType: z.string(),
  /** Dose Grid Scaling (3004,000E): what a value is multiplied by when it is read out. It is not part of drawing. */
  doseGridScaling: z.number().optional(),
  suv: suv.optional(),
  /** Value used for what lies outside the image (0028,0120); null when none. */
  pixelPaddingValue: z.number().nullable(),
  /** (0028,0121): with the value before, the ends of a range that all lies outside. */
  pixelPaddingLimit: z.number().optional(),
  /** (0028,1056) where it is not a straight line. */
  voiFunction: z.literal('SIGMOID').optional(),
  shutter: shutter.optional(),
  /** Overlay planes (60xx,3000) of the file; their bits come from the data plane. */
  overlayPlanes: z.number().int().optional(),
  /** VOI LUT Sequence, as a table: input -> 0..255. */
  voiLut: z.object({ firstInput: z.number(), values: z.array(z.number()), explanation: z.string() }).nullable(),
  /** One a frame where they differ; frames beyond the last entry are as that one. */
  perFrame: z.array(frameImage).min(1),
  acquisitionDateTime: z.string(),
  technique: technique.optional(),
  /** Values were lost on the way here, at the ratio that the file tells. */
  lossy: z.object({ ratio: z.number().nullable() }).optional(),
  /** Why no picture can be shown, as a sentence that names SOP class, syntax and photometric interpretation; null when it can. */
  obstacle: z.string().nullable(),
})
/** A picture that was made here, out of a volume. */
export interface Reformat {
  axis: ReformatAxis
  seriesId: number
  /** An image of the stack that it was made of: where what is measured is kept. */
  sourceInstanceId: number
}

export type InstanceImage = z.infer<typeof instanceImage> & { reformat?: Reformat }
