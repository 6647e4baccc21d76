import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { readWebAddress } from '#shared/network/webAddress.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toast.ts'
import { useEditor } from './editorState.ts'
import { draftOf } from './fields.ts'
import css from './Rest.module.css'
import { saveDraft } from './saveDraft.ts'

/** R037: goes to the host, which locks it away; it never comes back to the page. */
export function RestSecret({ row, disabled = false }: { row: ServerRow; disabled?: boolean }) {
  const { draft, restSecret, setRestSecret } = useEditor()
  const [isKeeping, setKeeping] = useState(false)
  const view = useQueryOperation('servers', 'credentials', {}).data
  const { restUrl, restAuthentication } = draft ?? draftOf(row)
  const what = restAuthentication === 'bearer' ? 'Token' : 'Password'
  const origin = readWebAddress(restUrl)?.origin
  const kept = view?.servers.find(({ serverId }) => serverId === row.serverId)
  const isHere = kept !== undefined && kept.origin === origin
  const keep = async (secret: string) => {
    setKeeping(true)
    try {
      // It is kept for the web site of the saved address.
      if (useEditor.getState().draft && (await saveDraft(row))) return
      const next = await client.servers.keepSecret({ serverId: row.serverId, secret })
      queryClient.setQueryData(['servers', 'credentials', {}], next)
      setRestSecret('')
      showToast({ icon: KeyRound, message: secret === '' ? `${what} forgotten` : `${what} kept for ${row.name}` })
    } catch (error) {
      showToast({ tone: 'bad', message: error instanceof ApiError ? error.message : 'This did not work. Try again.' })
    } finally {
      setKeeping(false)
    }
  }
  const problem = view?.problem ?? ''
  return (
    <div>
      <TextField
        label={what}
        type="password"
        autoComplete="new-password"
        value={restSecret}
        disabled={disabled}
        placeholder={isHere ? 'Kept' : ''}
        onChange={setRestSecret}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && restSecret !== '') void keep(restSecret)
        }}
        error={problem === '' ? undefined : problem}
        help={help({ what, origin, kept: kept?.origin, where: view?.kept ?? '' })}
      />
      <div className={css.buttons}>
        <Button
          size="small"
          icon={KeyRound}
          disabled={disabled || restSecret === '' || isKeeping || problem !== ''}
          onClick={() => void keep(restSecret)}
        >
          Keep {what.toLowerCase()}
        </Button>
        {kept && (
          <Button size="small" variant="plain" disabled={isKeeping} onClick={() => void keep('')}>
            Forget
          </Button>
        )}
      </div>
    </div>
  )
}

interface Standing {
  what: string
  origin: string | undefined
  kept: string | undefined
  where: string
}

function help({ what, origin, kept, where }: Standing): string {
  if (kept === undefined) return `None is kept yet. ${where}`
  if (kept === origin) return `Kept for ${kept} alone. ${where}`
  return `Kept for ${kept}, and sent nowhere else. Type the ${what.toLowerCase()} of this address.`
}
