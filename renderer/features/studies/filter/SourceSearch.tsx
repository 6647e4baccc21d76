import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { matchesServer } from '../../../app/matchesServer.ts'
import { Combobox } from '../../../ui/Combobox.tsx'
import { answerText } from './answerText.ts'
import css from './SourceMenu.module.css'

/** More than anybody reads through. */
const SHOWN = 50

/** One of more servers than a menu should have. */
export function SourceSearch({
  servers,
  onChoose,
}: {
  servers: readonly ServerRow[]
  onChoose: (serverId: number) => void
}) {
  const [typed, setTyped] = useState('')
  const found = servers.filter((row) => matchesServer(row, typed))
  const now = new Date()
  const options = found.slice(0, SHOWN).map((row) => ({
    key: String(row.serverId),
    label: row.name,
    note: answerText(row.lastTest, now),
    value: row.serverId,
  }))
  return (
    <div className={css.search}>
      <Combobox
        label="Find a server"
        placeholder="Name, AE title or address"
        value={typed}
        onChange={setTyped}
        options={options}
        onPick={({ value }) => onChoose(value)}
        help={helpOf(found.length, typed)}
      />
    </div>
  )
}

function helpOf(found: number, typed: string): string {
  if (found === 0) return `No server matches “${typed.trim()}”.`
  return found > SHOWN ? `The first ${SHOWN} of ${formatCount(found, 'server', 'servers')}. Type more of the name.` : ''
}
