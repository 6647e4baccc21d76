import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'

const vertebra = (number: number) => `T${number}`

const heart = [
  'Long axis: click the ventral edge of the left main bronchus at the carina.',
  'Long axis: click the apex of the heart.',
  'Short axis: click one side of the heart where it is widest, at a right angle to the long axis.',
  'Short axis: click the other side.',
  'Spine: click the cranial edge of T4.',
]
const hips = [
  ...['First', 'Second', 'Third'].map(
    (which) => `First hip: click the edge of the femoral head, ${which.toLowerCase()} of three points.`,
  ),
  ...['First', 'Second', 'Third'].map(
    (which) => `Other hip: click the edge of the femoral head, ${which.toLowerCase()} of three points.`,
  ),
  'First hip: click the craniolateral edge of the acetabulum.',
  'Other hip: click the craniolateral edge of the acetabulum.',
]
const tibia = [
  'Tibial axis: click the middle of the intercondylar tubercles.',
  'Tibial axis: click the centre of the talus.',
  'Plateau: click the cranial end of the medial tibial condyle.',
  'Plateau: click its caudal end.',
]

/** What to click next; `placed` landmarks stand already. Undefined for what is drawn without guidance. */
export function stepText(kind: MeasurementKind, placed: number): { step: string; of: string } | undefined {
  switch (kind) {
    case 'heartScore': {
      const own = heart[placed]
      const step =
        own ?? `Spine: click the caudal edge of ${vertebra(4 + placed - heart.length)}, until the heart is covered.`
      return { step, of: own ? `Step ${placed + 1}` : vertebra(4 + placed - heart.length) }
    }
    case 'norberg':
      return { step: hips[placed] ?? '', of: `Step ${placed + 1} of ${hips.length}` }
    case 'plateau':
      return { step: tibia[placed] ?? '', of: `Step ${placed + 1} of ${tibia.length}` }
    default:
      return undefined
  }
}
