import { ChevronDown, Crop, Undo2, X } from 'lucide-react'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { resetView, stopRendering, useRendering } from '../../../viewer/rendering/rendering.ts'
import { facings, standing } from '../../../viewer/rendering/viewPoint.ts'
import { presetsFor } from './presetLabels.ts'
import css from './Rendering.module.css'

const sides = ['front', 'back', 'left', 'right', 'head', 'feet'] as const
const ofPeople = { front: 'Front', back: 'Back', left: 'Left', right: 'Right', head: 'Head', feet: 'Feet' } as const
const ofAnimals = { ...ofPeople, front: 'Below', back: 'Above', feet: 'Tail' } as const

/** What is shown, from where, and how much of it. */
export function VolumeControls() {
  const { preset, cropping, image } = useRendering()
  if (!image) return null
  const presets = presetsFor(valueUnit(image))
  const label = presets.find((each) => each.preset === preset)?.label ?? ''
  const isAnimal = image.anatomicalOrientationType === 'QUADRUPED'
  const names = isAnimal ? ofAnimals : ofPeople
  return (
    <div className={css.controls} role="toolbar" aria-label="3D view">
      <Menu
        minWidth={200}
        trigger={
          <button type="button" className={css.drop} aria-label={`Tissue, ${label}`}>
            {label}
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
        items={presets.map((each) => ({
          label: each.label,
          checked: each.preset === preset,
          onSelect: () => useRendering.setState({ preset: each.preset }),
        }))}
      />
      <Menu
        minWidth={140}
        trigger={
          <button type="button" className={css.drop}>
            From
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
        items={sides.map((side) => ({
          label: names[side],
          onSelect: () => useRendering.setState({ facing: (isAnimal ? standing : facings)[side] }),
        }))}
      />
      <IconButton
        label="Crop"
        keyHint="C"
        icon={Crop}
        tooltipSide="top"
        pressed={cropping}
        onClick={() => useRendering.setState({ cropping: !cropping })}
      />
      <IconButton label="Reset the 3D view" keyHint="0" icon={Undo2} tooltipSide="top" onClick={resetView} />
      <IconButton label="Close the 3D view" keyHint="Esc" icon={X} tooltipSide="top" onClick={stopRendering} />
    </div>
  )
}
