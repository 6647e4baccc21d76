import { frameOf } from './frameOf.ts'
import type { InstanceImage } from './instanceImage.ts'

/** PS3.3 C.8.9.1.1.3: codes of the unit of a PET image, as they are written. */
const petUnits = new Map(
  Object.entries({
    BQML: 'Bq/ml',
    MGMINML: 'mg/min/ml',
    UMOLMINML: 'µmol/min/ml',
    MLMING: 'ml/min/g',
    MLG: 'ml/g',
    '1CM': '1/cm',
    UMOLML: 'µmol/ml',
    PROPCNTS: 'proportional to counts',
    PROPCPS: 'proportional to counts/s',
    MLMINML: 'ml/min/ml',
    MLML: 'ml/ml',
    GML: 'g/ml',
    STDDEV: 'standard deviations',
    CNTS: 'counts',
    CPS: 'counts/s',
    CM2: 'cm²',
    CM2ML: 'cm²/ml',
    PCNT: '%',
    NONE: '',
    US: '',
  }),
)

/** PS3.3 C.11.1.1.2: Rescale Type; `US` means unspecified. */
export function valueUnit(image: Pick<InstanceImage, 'samples' | 'rescaleType'>): string {
  return image.samples.type === 'rgb8' ? '' : (petUnits.get(image.rescaleType) ?? image.rescaleType)
}

export function toModality(image: InstanceImage, frame: number, stored: number): number {
  if (image.samples.type === 'rgb8') return stored
  const { slope, intercept } = frameOf(image, frame)
  return (stored * slope + intercept) * (image.doseGridScaling ?? 1)
}
