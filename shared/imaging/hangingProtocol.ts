import { z } from 'zod'

const words = z.string().max(200, '200 characters at most.')

/** For which studies a layout is meant. What is empty fits everything; commas part alternatives. */
export const hangingMatch = z.object({
  /** `CR, DX` either; `PT + CT` both. */
  modality: words,
  bodyPart: words,
  view: words,
  /** `person`, `animal`, or a species as it is written. */
  species: words,
  /** Images or stacks that the study has at least. */
  atLeast: z.number().int().min(1).max(64),
  /** Earlier studies of the patient with the same kind of images that must be here. */
  priors: z.number().int().min(0).max(3),
})
export type HangingMatch = z.infer<typeof hangingMatch>

/** What stands in one tile. */
export const hangingTile = z.object({
  /** 0 is the study that is opened, 1 the newest of the earlier ones. */
  prior: z.number().int().min(0).max(3),
  modality: words,
  bodyPart: words,
  view: words,
  laterality: z.enum(['', 'L', 'R']),
  description: words,
  /** Which of those that fit, from 0. */
  nth: z.number().int().min(0).max(63),
  /** In place of the window of the file. */
  window: z.object({ center: z.number(), width: z.number().positive() }).nullable(),
  inverted: z.boolean(),
  rotation: z.literal([0, 90, 180, 270]),
  flippedColumns: z.boolean(),
  flippedRows: z.boolean(),
})
export type HangingTile = z.infer<typeof hangingTile>

export const hangingProtocol = z.object({
  protocolId: z.string().min(1).max(64),
  name: z.string().trim().min(1, 'A name tells it apart.').max(80, '80 characters at most.'),
  enabled: z.boolean(),
  match: hangingMatch,
  layout: z.object({ rows: z.number().int().min(1).max(4), columns: z.number().int().min(1).max(4) }),
  /** Row by row; null stays empty. */
  tiles: z.array(hangingTile.nullable()).max(16),
  link: z.enum(['position', 'offset', 'off']),
  /** PET over the CT of the same examination, in planes of the volume, where both lie in one frame of reference. */
  fused: z.boolean().optional(),
})
export type HangingProtocol = z.infer<typeof hangingProtocol>

export const hangingProtocols = z.array(hangingProtocol).max(200, '200 hanging protocols at most.')

/** The form in which protocols go from one workstation to another. */
export const hangingProtocolFile = z.object({
  negatoscope: z.literal('hanging-protocols'),
  version: z.literal(1),
  protocols: hangingProtocols,
})

export const anyMatch: HangingMatch = { modality: '', bodyPart: '', view: '', species: '', atLeast: 1, priors: 0 }

export const anyTile: HangingTile = {
  prior: 0,
  modality: '',
  bodyPart: '',
  view: '',
  laterality: '',
  description: '',
  nth: 0,
  window: null,
  inverted: false,
  rotation: 0,
  flippedColumns: false,
  flippedRows: false,
}
