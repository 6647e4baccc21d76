import { Axis3d, Box, ChevronDown, Rotate3d } from 'lucide-react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { setSlab } from '../../../viewer/mpr/mpr.ts'
import { useMpr } from '../../../viewer/mpr/mprState.ts'
import { straighten } from '../../../viewer/mpr/turn.ts'
import { useRendering } from '../../../viewer/rendering/rendering.ts'
import { useKeyOf } from '../habits/keyOf.ts'
import { toggleRendering } from '../rendering/toggleRendering.ts'
import css from '../ViewerBar.module.css'
import { isTurned } from './degreesText.ts'
import { slabModes, slabText, thicknesses } from './slabText.ts'
import { toggleMpr } from './toggleMpr.ts'

/** Three planes of the stack in the active tile; while they are open, how thick they are. */
export function MprMenu() {
  const { state, slab, turned } = useMpr()
  const isRendered = useRendering(({ position }) => position !== undefined)
  const keyOf = useKeyOf()
  const button = (
    <IconButton
      label="Planes of the volume (MPR)"
      keyHint={keyOf('planes', 'Y')}
      icon={Box}
      size="large"
      pressed={state !== 'off'}
      onClick={toggleMpr}
    />
  )
  const threeD = (
    <IconButton
      label="Volume in three dimensions (3D)"
      keyHint={keyOf('rendering', 'Shift Y')}
      icon={Rotate3d}
      size="large"
      pressed={isRendered}
      onClick={toggleRendering}
    />
  )
  if (state === 'off')
    return (
      <>
        {button}
        {threeD}
      </>
    )
  return (
    <>
      {button}
      {threeD}
      <Menu
        minWidth={200}
        trigger={
          <button type="button" className={css.drop} aria-label={`Thickness of planes, ${slabText(slab)}`}>
            {slabText(slab)}
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
        items={[
          { heading: 'Values of a thick plane' },
          ...slabModes.map(({ mode, label }) => ({
            label,
            checked: slab.mode === mode,
            onSelect: () => setSlab({ mode, thickness: slab.thickness || 10 }),
          })),
          'separator' as const,
          { heading: 'Thickness' },
          ...thicknesses.map((thickness) => ({
            label: thickness === 0 ? 'Thin' : `${thickness} mm`,
            checked: slab.thickness === thickness,
            onSelect: () => setSlab({ ...slab, thickness }),
          })),
        ]}
      />
      <IconButton
        label="Planes straight again"
        keyHint={keyOf('straighten', 'Shift R')}
        icon={Axis3d}
        size="large"
        disabled={!Object.values(turned).some(isTurned)}
        onClick={straighten}
      />
    </>
  )
}
