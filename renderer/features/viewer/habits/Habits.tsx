import { RotateCcw } from 'lucide-react'
import {
  dragAction,
  type PointerHabits,
  pointerHabits,
  thumbAction,
  usualPointer,
  wheelAction,
} from '#shared/imaging/pointerHabits.ts'
import { client } from '../../../api/client.ts'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Select.tsx'
import css from './Habits.module.css'
import { KeyRows } from './KeyRows.tsx'
import { dragWords, pointerNames, thumbWords, wheelWords } from './mouseHelp.ts'

const drag = dragAction.options.map((value) => ({ value: value as string, label: dragWords[value] }))
const wheel = wheelAction.options.map((value) => ({ value: value as string, label: wheelWords[value] }))
const thumb = thumbAction.options.map((value) => ({ value: value as string, label: thumbWords[value] }))

function optionsOf(name: keyof PointerHabits) {
  if (name.startsWith('wheel')) return wheel
  return name === 'back' || name === 'forward' ? thumb : drag
}

/** Every button of the mouse and every key of the viewer, for all windows of this workstation. */
export function Habits() {
  const preferences = useViewerPreferences()
  if (!preferences) return <Bars rows={6} />
  const { pointer } = preferences
  const set = (name: keyof PointerHabits, value: string) => {
    const next = pointerHabits.safeParse({ ...pointer, [name]: value })
    if (next.success) void client.viewer.update({ pointer: next.data }).catch(showFailure)
  }
  return (
    <div className={css.habits}>
      <h3 className={css.heading}>Mouse</h3>
      <div className={css.grid}>
        {(Object.keys(pointerNames) as (keyof PointerHabits)[]).map((name) => (
          <Select
            key={name}
            label={pointerNames[name]}
            value={pointer[name] as string}
            options={optionsOf(name)}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
      <h3 className={css.heading}>Keys</h3>
      <KeyRows keys={preferences.keys} />
      <div>
        <Button
          icon={RotateCcw}
          variant="plain"
          onClick={() => void client.viewer.update({ pointer: usualPointer, keys: {} }).catch(showFailure)}
        >
          All as shipped
        </Button>
      </div>
    </div>
  )
}
