import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { type ViewerCommand, viewerCommands } from '../viewerCommands.ts'
import { changeUpon } from './changeUpon.ts'
import { combinationOf } from './combinationOf.ts'
import css from './Habits.module.css'

type Keys = Readonly<Record<string, string>>

const commands = viewerCommands(() => {})
const change = changeUpon((keys: Keys) => client.viewer.update({ keys: { ...keys } }))

/** A command a row: press Change, then the key. A key that another command has is taken from it. */
export function KeyRows({ keys }: { keys: Keys }) {
  const [waiting, setWaiting] = useState<string>()
  const [problem, setProblem] = useState('')
  const current = ({ command, keys: usual }: ViewerCommand) => keys[command] ?? usual
  const keep = (make: (last: Keys) => Keys) => {
    setWaiting(undefined)
    setProblem('')
    change(keys, make)
  }
  const give = (wanted: ViewerCommand, pressed: string) =>
    keep((last) => {
      const next = { ...last, [wanted.command]: pressed }
      for (const { command, keys: usual } of commands) {
        const has = (last[command] ?? usual).toLowerCase() === pressed.toLowerCase()
        if (command !== wanted.command && has) next[command] = ''
      }
      return next
    })
  return (
    <ul className={css.rows}>
      {commands.map((each) => {
        const { command, label, keys: usual } = each
        const key = current(each)
        return (
          <li key={command} className={css.row}>
            <span className={css.label}>{label}</span>
            {waiting === command ? (
              <button
                type="button"
                className={css.waiting}
                // biome-ignore lint/a11y/noAutofocus: the next key press is for this row
                autoFocus
                onBlur={() => setWaiting(undefined)}
                onKeyDown={(event) => {
                  event.preventDefault()
                  event.stopPropagation()
                  const found = combinationOf(event)
                  if (!found) return
                  if ('problem' in found) setProblem(found.problem)
                  else give(each, found.keys)
                }}
              >
                {problem || 'Press a key'}
              </button>
            ) : (
              <kbd className={css.key} data-changed={key !== usual}>
                {key || 'none'}
              </kbd>
            )}
            <Button
              size="small"
              aria-label={`Change the key of ${label}`}
              onClick={() => {
                setProblem('')
                setWaiting(command)
              }}
            >
              Change
            </Button>
            <IconButton
              label={`No key for ${label}`}
              icon={X}
              size="small"
              disabled={key === ''}
              onClick={() => keep((last) => ({ ...last, [command]: '' }))}
            />
            <IconButton
              label={`Usual key of ${label}`}
              icon={RotateCcw}
              size="small"
              disabled={key === usual}
              onClick={() => give(each, usual)}
            />
          </li>
        )
      })}
    </ul>
  )
}
