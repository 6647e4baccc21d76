import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { VolumeSamples } from '#shared/imaging/resample.ts'

export function samplesFor(type: InstanceImage['samples']['type'], length: number): VolumeSamples {
  if (type === 'int16') return new Int16Array(length)
  return type === 'uint16' ? new Uint16Array(length) : new Float32Array(length)
}
