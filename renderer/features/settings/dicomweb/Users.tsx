import { KeyRound, Lock, Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { type DicomwebServerView, PASSWORD_MIN } from '#shared/contract/dicomwebServer.ts'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/toast.ts'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import css from './DicomwebServer.module.css'

/** Who may ask. Without any, only programs of this computer are answered. */
export function Users({ server: { users } }: { server: DicomwebServerView }) {
  const [editing, setEditing] = useState<string>()
  const [removing, setRemoving] = useState<string>()
  return (
    <div>
      <h3 className={css.heading}>Users</h3>
      {users.length === 0 && (
        <p className={settingsCss.help}>
          Nobody is asked for a password. It answers on this computer only, until there is a user.
        </p>
      )}
      <ul className={css.list} aria-label="Users of the DICOMweb server">
        {users.map(({ name, fixed }) => (
          <li key={name} className={css.user}>
            <span className={css.name}>{name}</span>
            {fixed ? (
              <span className={css.fixed}>
                <Lock size={14} strokeWidth={1.75} aria-hidden="true" /> of the command line
              </span>
            ) : (
              <>
                <IconButton
                  label={`Another password for ${name}`}
                  icon={KeyRound}
                  size="small"
                  onClick={() => setEditing(name)}
                />
                <IconButton label={`Remove ${name}`} icon={Trash2} size="small" onClick={() => setRemoving(name)} />
              </>
            )}
          </li>
        ))}
      </ul>
      <Button icon={UserPlus} onClick={() => setEditing('')}>
        Add a user
      </Button>
      {editing !== undefined && <UserDialog name={editing} onClose={() => setEditing(undefined)} />}
      {removing !== undefined && <RemoveDialog name={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

/** A new user, or another password for one that is there. */
function UserDialog({ name, onClose }: { name: string; onClose(): void }) {
  const [typedName, setName] = useState(name)
  const [password, setPassword] = useState('')
  const [isSaving, setSaving] = useState(false)
  const isNew = name === ''
  const nameProblem = typedName.includes(':') ? 'A name has no colon.' : undefined
  const tooShort = password !== '' && password.length < PASSWORD_MIN
  const isRight = typedName.trim() !== '' && !nameProblem && password.length >= PASSWORD_MIN
  const saveUser = async () => {
    if (!isRight || isSaving) return
    setSaving(true)
    const saved = await said(client.dicomwebServer.saveUser({ name: typedName, password }))
    setSaving(false)
    if (!saved) return
    showToast({
      tone: 'ok',
      message: isNew ? `${typedName.trim()} may read the archive` : `${name} has another password`,
    })
    onClose()
  }
  return (
    <Dialog
      title={isNew ? 'Add a user' : `Another password for ${name}`}
      width={460}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!isRight || isSaving} onClick={() => void saveUser()}>
            {isNew ? 'Add' : 'Change it'}
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        {isNew && (
          <TextField
            autoFocus
            label="User name"
            value={typedName}
            onChange={setName}
            error={nameProblem}
            help="One for each program or site, so that one can be taken away alone."
          />
        )}
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          onKeyDown={(event) => event.key === 'Enter' && void saveUser()}
          error={tooShort ? `At least ${PASSWORD_MIN} characters.` : undefined}
          help="Kept so that it cannot be read again, not even here."
        />
      </div>
    </Dialog>
  )
}

function RemoveDialog({ name, onClose }: { name: string; onClose(): void }) {
  const remove = async () => {
    if (await said(client.dicomwebServer.removeUser({ name }))) onClose()
  }
  return (
    <Dialog
      title={`Remove ${name}?`}
      width={440}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button autoFocus onClick={onClose}>
            Keep
          </Button>
          <Button variant="danger" onClick={() => void remove()}>
            Remove {name}
          </Button>
        </>
      }
    >
      <p>Programs that use this name are refused from now on. The password cannot be brought back.</p>
    </Dialog>
  )
}
