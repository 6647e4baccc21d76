import { RotateCcw } from 'lucide-react'
import {
  dragAction,
  type PointerHabits,
  pointerHabits,
  restAction,
  thumbAction,
  usualPointer,
  usualRadialMenu,
  wheelAction,
} from '#shared/imaging/pointerHabits.ts'
import { client } from '../../../api/client.ts'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Select.tsx'
import { changeUpon } from './changeUpon.ts'
import css from './Habits.module.css'
import { KeyRows } from './KeyRows.tsx'
import { dragWords, pointerNames, restWords, thumbWords, wheelWords } from './mouseHelp.ts'
import { RadialRows } from './RadialRows.tsx'

const drag = dragAction.options.map((value) => ({ value: value as string, label: dragWords[value] }))
const wheel = wheelAction.options.map((value) => ({ value: value as string, label: wheelWords[value] }))
const thumb = thumbAction.options.map((value) => ({ value: value as string, label: thumbWords[value] }))
const rest = restAction.options.map((value) => ({ value: value as string, label: restWords[value] }))

function optionsOf(name: keyof PointerHabits) {
  if (name.startsWith('wheel')) return wheel
  if (name === 'rightClick' || name === 'longPress') return rest
  return name === 'back' || name === 'forward' ? thumb : drag
}

const change = changeUpon((pointer: PointerHabits) => client.viewer.update({ pointer }))

/** Every button of the mouse and every key of the viewer, for all windows of this workstation. */
export function Habits() {
  const preferences = useViewerPreferences()
  if (!preferences) return <Bars rows={6} />
  const { pointer, radialMenu } = preferences
  const set = (name: keyof PointerHabits, value: string) =>
    change(pointer, (last) => {
      const next = pointerHabits.safeParse({ ...last, [name]: value })
      return next.success ? next.data : last
    })
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
      <h3 className={css.heading}>Tools around the pointer</h3>
      <RadialRows chosen={radialMenu} />
      <h3 className={css.heading}>Keys</h3>
      <KeyRows keys={preferences.keys} />
      <div>
        <Button
          icon={RotateCcw}
          variant="plain"
          onClick={() => {
            const shipped = { pointer: usualPointer, keys: {}, radialMenu: [...usualRadialMenu] }
            void client.viewer.update(shipped).catch(showFailure)
          }}
        >
          All as shipped
        </Button>
      </div>
    </div>
  )
}
