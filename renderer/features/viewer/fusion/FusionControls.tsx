import { Blend, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { number } from '#shared/imaging/measurementText.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Popover } from '../../../ui/Popover.tsx'
import { setFusion, setUptake } from '../../../viewer/mpr/fusion.ts'
import { useFusion } from '../../../viewer/mpr/fusionState.ts'
import { tileAt, useSession } from '../../../viewer/session.ts'
import { uptakeKinds, uptakeNames, uptakeOf } from '../../../viewer/uptake.ts'
import { colourMapEntries } from '../colourMapEntries.ts'
import { useKeyOf } from '../habits/keyOf.ts'
import { useTile } from '../useTile.ts'
import bar from '../ViewerBar.module.css'
import css from './Fusion.module.css'
import { toggleFusion } from './toggleFusion.ts'

/** PET over CT: shown where the study has both, or while it is on. */
export function FusionControls() {
  const { state, opacity } = useFusion()
  const active = useSession((session) => session.active)
  const modalities = useTile(tileAt(active), ({ source }) => source?.study.modalities.join(' ') ?? '')
  const keyOf = useKeyOf()
  const [open, setOpen] = useState(false)
  const has = (modality: string) => modalities.split(' ').includes(modality)
  if (state === 'off' && !(has('PT') && (has('CT') || has('MR')))) return null
  return (
    <>
      <IconButton
        label="PET over CT (fusion)"
        keyHint={keyOf('fusion', 'Shift F')}
        icon={Blend}
        size="large"
        pressed={state !== 'off'}
        onClick={toggleFusion}
      />
      {state !== 'off' && (
        <Popover
          open={open}
          onOpenChange={setOpen}
          label="How the PET is laid over"
          anchor={
            <button
              type="button"
              className={bar.drop}
              aria-label={`PET, ${Math.round(opacity * 100)} %`}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {Math.round(opacity * 100)} %
              <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
            </button>
          }
        >
          <Form />
        </Popover>
      )}
    </>
  )
}

/** Of the range of the upper end, which rises with its square: low uptakes are set finely. */
const STEPS = 100

function Form() {
  const { opacity, upper, unit, colours, factor, image } = useFusion()
  const uptake = image && uptakeOf(image)
  const most = uptake ? 40 : Math.max(upper * 2, 40 / factor)
  return (
    <div className={css.form}>
      <label>
        <span>Opacity</span>
        <input
          type="range"
          min={0}
          max={100}
          value={Math.round(opacity * 100)}
          onChange={({ target }) => setFusion({ opacity: Number(target.value) / 100 })}
        />
        <output>{Math.round(opacity * 100)} %</output>
      </label>
      <label>
        <span>{unit || 'Values'} from 0 to</span>
        <input
          type="range"
          min={1}
          max={STEPS}
          value={Math.round(Math.sqrt(upper / most) * STEPS)}
          onChange={({ target }) => setFusion({ upper: rounded(most * (Number(target.value) / STEPS) ** 2) })}
        />
        <output>{number(upper)}</output>
      </label>
      <label>
        <span>Colours</span>
        <select
          value={colours}
          onChange={({ target }) => {
            const chosen = colourMapEntries.find(({ colourMap }) => colourMap === target.value)
            if (chosen) setFusion({ colours: chosen.colourMap })
          }}
        >
          {colourMapEntries.map(({ colourMap, label }) => (
            <option key={colourMap} value={colourMap}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {uptake && (
        <label>
          <span>Uptake by</span>
          <select
            value={uptake.kind}
            onChange={({ target }) => {
              const chosen = uptakeKinds.find((kind) => kind === target.value)
              if (chosen) setUptake(chosen)
            }}
          >
            {uptakeKinds.map((kind) => (
              <option key={kind} value={kind} disabled={!image?.suv?.[kind]}>
                {uptakeNames[kind].label}
              </option>
            ))}
          </select>
        </label>
      )}
      {image?.suv?.why && (
        <p>
          {uptake ? '' : 'No uptake. '}
          {image.suv.why}
        </p>
      )}
    </div>
  )
}

const rounded = (value: number) => Number(value.toPrecision(2))
