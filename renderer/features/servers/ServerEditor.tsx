import { CircleDot, Copy, Lock, Star, Stethoscope, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useEditor } from './editorState.ts'
import { fieldProblems, toFields } from './fieldProblems.ts'
import { changedFields, changeText, draftOf } from './fields.ts'
import { NotificationSecret } from './NotificationSecret.tsx'
import { RestSecret } from './RestSecret.tsx'
import css from './ServerEditor.module.css'
import { ServerForm } from './ServerForm.tsx'
import { saveDraft } from './saveDraft.ts'
import { deleteServer, duplicateServer, makeDefault, testServer } from './serverActions.ts'
import { changedWhere, setByWords } from './setByWords.ts'
import { useShownProblems } from './useShownProblems.ts'

export function ServerEditor({ row, servers }: { row: ServerRow; servers: readonly ServerRow[] }) {
  const { draft, discard, change, proceed, meet } = useEditor()
  useEffect(() => meet(row), [row, meet])
  const values = draft ?? draftOf(row)
  const others = servers.filter(({ serverId }) => serverId !== row.serverId)
  const problems = fieldProblems(
    values,
    others.map(({ name }) => name),
  )
  const { shown, leave } = useShownProblems(problems)
  const { data: site } = useQueryOperation('servers', 'site', {})
  const isRight = Object.keys(problems).length === 0
  const isTesting = useEditor((state) => state.tests[row.serverId]?.running !== undefined)
  const test = () => {
    const fields = toFields(values)
    if (fields) void testServer(row, fields)
    else for (const field of Object.keys(problems)) leave(field as keyof typeof problems)
  }
  const save = () => {
    if (draft && isRight) void saveDraft(row)
  }
  const index = servers.indexOf(row)
  const next = (servers[index + 1] ?? servers[index - 1])?.serverId
  useShortcuts('Server', [
    { keys: 'Ctrl S', label: 'Save the server', run: save },
    { keys: 'Alt t', label: 'Test the connection', run: test },
  ])
  return (
    <>
      <div className={css.head}>
        <h2 className={`${css.subject} ellipsis`} title={row.name}>
          {row.name}
        </h2>
        {row.isDefault && <span className={css.tag}>Default</span>}
        <span className={css.grow} />
        <IconButton
          label="Set as default"
          icon={Star}
          disabled={row.isDefault}
          onClick={() => void makeDefault(row.serverId)}
        />
        <IconButton label="Duplicate" icon={Copy} onClick={() => proceed(() => void duplicateServer(row.serverId))} />
        <IconButton
          label="Delete"
          icon={Trash2}
          disabled={row.readOnly}
          onClick={() => proceed(() => void deleteServer(row, next))}
        />
        <Button
          variant="primary"
          icon={Stethoscope}
          keyHint="Alt T"
          className={css.test}
          aria-busy={isTesting}
          onClick={test}
        >
          Test connection
        </Button>
      </div>
      {row.readOnly && (
        <p className={css.readOnly}>
          <Lock size={14} strokeWidth={1.75} aria-hidden="true" />
          <span>
            {setByWords(row.setBy)}. {changedWhere(row.setBy, site?.file)} Duplicate it to have one of your own.
          </span>
        </p>
      )}
      {row.readOnly && row.restOn && row.restAuthentication !== 'none' && (
        <div className={css.ownSecret}>
          <RestSecret row={row} />
        </div>
      )}
      {row.readOnly && row.notifyOn && (
        <div className={css.ownSecret}>
          <NotificationSecret row={row} address={row.notifyAddress} />
        </div>
      )}
      <fieldset className={css.fields} disabled={row.readOnly}>
        <ServerForm row={row} values={values} problems={shown} onChange={(part) => change(row, part)} onLeave={leave} />
      </fieldset>
      {draft && (
        <div className={css.dirty} role="status">
          <CircleDot size={14} strokeWidth={1.75} aria-hidden="true" />
          {changeText(changedFields(draft, row))}, not saved yet
          <span className={css.grow} />
          <Button variant="plain" onClick={discard}>
            Discard
          </Button>
          <Button keyHint="Ctrl S" disabled={!isRight} onClick={save}>
            Save
          </Button>
        </div>
      )}
    </>
  )
}
