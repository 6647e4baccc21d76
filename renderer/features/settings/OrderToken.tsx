import { Copy, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toast.ts'
import css from './SettingsPage.module.css'

/** The token by which a program sends orders: shown when it is made, and never again. */
export function OrderToken({ isMade }: { isMade: boolean }) {
  const [token, setToken] = useState('')
  const make = async () => {
    try {
      setToken((await client.worklist.makeOrderToken({})).token)
    } catch (error) {
      showFailure(error)
    }
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token)
      showToast({ icon: Copy, message: 'The token is copied' })
    } catch {
      showToast({ icon: Copy, tone: 'bad', message: 'The token cannot be copied here. Select it and press Ctrl C.' })
    }
  }
  return (
    <div className={css.grid}>
      {token !== '' && (
        <TextField
          label="Token"
          mono
          readOnly
          value={token}
          onChange={() => {}}
          help="Give it to the program that sends orders. It is not shown again."
        />
      )}
      <div>
        {token !== '' && (
          <Button icon={Copy} onClick={() => void copy()}>
            Copy the token
          </Button>
        )}
        <Button
          icon={KeyRound}
          variant="plain"
          title={isMade ? 'The token before is good no longer.' : undefined}
          onClick={() => void make()}
        >
          {isMade ? 'Make a new token' : 'Make a token'}
        </Button>
      </div>
    </div>
  )
}
