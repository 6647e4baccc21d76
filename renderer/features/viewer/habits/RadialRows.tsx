import { client } from '../../../api/client.ts'
import { Select } from '../../../ui/Select.tsx'
import { radialEntry, radialPlaces } from '../radial/radialEntries.ts'
import { viewerCommands } from '../viewerCommands.ts'
import { changeUpon } from './changeUpon.ts'
import css from './Habits.module.css'

const options = [
  { value: '', label: 'nothing' },
  ...viewerCommands(() => {})
    .filter(({ command }) => radialEntry(command))
    .map(({ command, label }) => ({ value: command, label })),
]

const change = changeUpon((radialMenu: readonly string[]) => client.viewer.update({ radialMenu: [...radialMenu] }))

/** What stands where around the pointer. */
export function RadialRows({ chosen }: { chosen: readonly string[] }) {
  return (
    <div className={css.grid}>
      {radialPlaces.map(({ name }, place) => (
        <Select
          key={name}
          label={name}
          value={chosen[place] ?? ''}
          options={options}
          onChange={(command) => change(chosen, (last) => last.with(place, command))}
        />
      ))}
    </div>
  )
}
