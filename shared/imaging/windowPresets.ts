export interface WindowPreset {
  name: string
  center: number
  width: number
}

/** Keys 1 to 9, in this order, after those of the file. Values in HU; the usual ones of human and veterinary reading. */
const ct: WindowPreset[] = [
  { name: 'Soft tissue', center: 40, width: 400 },
  { name: 'Lung', center: -500, width: 1500 },
  { name: 'Bone', center: 500, width: 2000 },
  { name: 'Brain', center: 40, width: 80 },
  { name: 'Liver', center: 60, width: 160 },
  { name: 'Mediastinum', center: 50, width: 350 },
  { name: 'Angiography', center: 300, width: 600 },
  { name: 'Stroke', center: 40, width: 40 },
  { name: 'Inner ear', center: 700, width: 4000 },
]

/** A preset in absolute numbers has a meaning only where values have a unit: CT. Others offer the windows of the file. */
export function windowPresets(modality: string, unit: string): WindowPreset[] {
  return modality === 'CT' && unit === 'HU' ? ct : []
}
