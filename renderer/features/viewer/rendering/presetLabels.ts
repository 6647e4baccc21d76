import { type PresetName, presetNames } from '../../../viewer/rendering/transfer.ts'

const labels: Record<PresetName, string> = {
  bone: 'Bone',
  soft: 'Skin and soft tissue',
  vessels: 'Vessels with contrast',
  lung: 'Lung',
  mip: 'Brightest values (MIP)',
}

/** Without Hounsfield units a value says nothing of the tissue: a surface by the window, or the brightest. */
export function presetsFor(unit: string): readonly { preset: PresetName; label: string }[] {
  if (unit === 'HU') return presetNames.map((preset) => ({ preset, label: labels[preset] }))
  return [
    { preset: 'soft', label: 'Surface by the window' },
    { preset: 'mip', label: labels.mip },
  ]
}
