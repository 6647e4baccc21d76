import { z } from 'zod'
import type { InstanceImage } from './instanceImage.ts'

/** How an image was made. What the file does not say, or says in a way that cannot be, is absent. */
export const technique = z
  .object({
    /** (0018,0050). */
    thicknessMm: z.number(),
    /** (0018,0060). */
    kilovolts: z.number(),
    milliampereSeconds: z.number(),
    /** (0018,1120), where the gantry leans. */
    tiltDegrees: z.number(),
    /** (0018,1510): of the detector, to the left of the patient above 0. */
    primaryAngleDegrees: z.number(),
    /** (0018,1511): to the head above 0. */
    secondaryAngleDegrees: z.number(),
    /** (0018,1210). */
    kernel: z.string(),
    /** (0018,0010), as it is written. */
    contrast: z.string(),
    repetitionTimeMs: z.number(),
    echoTimeMs: z.number(),
    inversionTimeMs: z.number(),
    flipAngleDegrees: z.number(),
    /** (0018,11A2), of a breast. */
    compressionN: z.number(),
    /** (0018,11A0). */
    compressedMm: z.number(),
    /** (0018,1411) and (0018,1413). */
    exposureIndex: z.number(),
    deviationIndex: z.number(),
    tracer: z.string(),
    injectedMBq: z.number(),
  })
  .partial()
export type Technique = z.infer<typeof technique>

/** `1.25`, `180`, `0.008`: what a console writes, without digits that say nothing. */
const figure = (value: number | undefined, unit: string, before = '') =>
  value === undefined ? '' : `${before}${Number(value.toPrecision(3))}${unit}`

/** As people name the projections of angiography. */
function projected(degrees: number | undefined, above: string, below: string): string {
  if (degrees === undefined) return ''
  return `${degrees < 0 ? below : above} ${Number(Math.abs(degrees).toFixed(1))}°`
}

const joined = (...parts: string[]) => parts.filter(Boolean).join(', ')

/** `2 mm thick`: beside the place of a slice. A picture made out of a volume has a thickness of its own. */
export function thicknessText({ technique, reformat }: Pick<InstanceImage, 'technique' | 'reformat'>): string {
  return reformat ? '' : figure(technique?.thicknessMm, ' mm thick')
}

/** What readers look for on the picture: of X-rays the tube, of MR the sequence, of PET the tracer. */
export function techniqueLines(image: Pick<InstanceImage, 'technique' | 'reformat'>): string[] {
  const said = image.technique
  if (!said || image.reformat) return []
  const lines = [
    joined(figure(said.kilovolts, ' kV'), figure(said.milliampereSeconds, ' mAs'), said.kernel ?? ''),
    joined(figure(said.compressionN, ' N'), figure(said.compressedMm, ' mm compressed')),
    joined(
      figure(said.repetitionTimeMs, '', 'TR '),
      figure(said.echoTimeMs, '', 'TE '),
      figure(said.inversionTimeMs, '', 'TI '),
      figure(said.flipAngleDegrees, '°', 'FA '),
    ),
    joined(said.tracer ?? '', figure(said.injectedMBq, ' MBq')),
    joined(projected(said.primaryAngleDegrees, 'LAO', 'RAO'), projected(said.secondaryAngleDegrees, 'CRA', 'CAU')),
    figure(said.tiltDegrees, '°', 'Gantry tilt ').replace('-', '−'),
    said.contrast ? `Contrast: ${said.contrast}` : '',
  ]
  return lines.filter(Boolean)
}

/** How far the exposure was from what was aimed at (IEC 62494-1): for who made the image, beside it. */
export function exposureText({ exposureIndex, deviationIndex }: Technique): string {
  const deviation = deviationIndex === undefined ? '' : `DI ${deviationIndex.toFixed(1).replace('-', '−')}`
  return joined(figure(exposureIndex, '', 'EI '), deviation)
}

/** `Lossy compression 12 : 1`; '' where nothing was lost. */
export function lossyText({ lossy }: Pick<InstanceImage, 'lossy'>): string {
  if (!lossy) return ''
  return lossy.ratio === null ? 'Lossy compression' : `Lossy compression ${Number(lossy.ratio.toPrecision(2))} : 1`
}
