import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { type ViewerCommand, viewerCommands } from '../viewerCommands.ts'
import { combinationOf } from './combinationOf.ts'
import css from './Habits.module.css'

const commands = viewerCommands(() => {})

/** A command a row: press Change, then the key. A key that another command has is taken from it. */
export function KeyRows({ keys }: { keys: Readonly<Record<string, string>> }) {
  const [waiting, setWaiting] = useState<string>()
  const [problem, setProblem] = useState('')
  const current = ({ command, keys: usual }: ViewerCommand) => keys[command] ?? usual
  const keep = (next: Record<string, string>) => {
    setWaiting(undefined)
    setProblem('')
    void client.viewer.update({ keys: next }).catch(showFailure)
  }
  const give = (wanted: ViewerCommand, pressed: string) => {
    const next = { ...keys, [wanted.command]: pressed }
    for (const other of commands) {
      const has = current(other).toLowerCase() === pressed.toLowerCase()
      if (other.command !== wanted.command && has) next[other.command] = ''
    }
    keep(next)
  }
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
              onClick={() => keep({ ...keys, [command]: '' })}
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
