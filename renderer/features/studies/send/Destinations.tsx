import { Search } from 'lucide-react'
import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Priority } from '#shared/contract/transfers.ts'
import { hoursText, opensAt, timeOf } from '#shared/routing/sendHours.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import { matchesServer } from '../../../app/matchesServer.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { answerText } from '../filter/answerText.ts'
import css from './SendDialog.module.css'

interface DestinationsProps {
  servers: readonly ServerRow[]
  selected: readonly ServerRow[]
  priority: Priority
  onToggle(serverId: number, on: boolean): void
}

/** More are found by typing. */
const READ_THROUGH = 24

/** Where to, and what each place can prove. What is chosen stays in sight, whatever is looked for. */
export function Destinations({ servers, selected, priority, onToggle }: DestinationsProps) {
  const [wanted, setWanted] = useState('')
  const found = servers.filter((server) => selected.includes(server) || matchesServer(server, wanted))
  const shown = found.filter((server, at) => at < READ_THROUGH || selected.includes(server))
  return (
    <fieldset className={css.servers}>
      <legend className={css.legend}>To</legend>
      {servers.length > READ_THROUGH && (
        <TextField
          label="Find a server"
          hideLabel
          size="small"
          icon={Search}
          placeholder="Name, AE title or address"
          value={wanted}
          onChange={setWanted}
          help={helpOf(found.length, shown.length)}
        />
      )}
      <ul className={css.list}>
        {shown.map((server) => (
          <li key={server.serverId} className={css.server}>
            <Checkbox
              label={server.name}
              checked={selected.includes(server)}
              onChange={(on) => onToggle(server.serverId, on)}
            />
            <span className={`mono secondary ${css.title}`}>{server.aeTitle}</span>
            <span className={css.proof}>{proofOf(server)}</span>
            <Answer server={server} />
          </li>
        ))}
      </ul>
      {selected.map((server) => {
        const text = hoursOf(server, priority, Date.now())
        return (
          text && (
            <p key={server.serverId} className={css.hours} role="status">
              {text}
            </p>
          )
        )
      })}
    </fieldset>
  )
}

function helpOf(found: number, shown: number): string {
  if (found === 0) return 'No server matches.'
  return found > shown ? `${formatNumber(shown)} of ${formatNumber(found)}: type more of the name.` : ''
}

/** How anybody will know that the images arrived. */
function proofOf({ askCommitment, queryRetrieve }: ServerRow): string {
  if (askCommitment) return queryRetrieve ? 'proof: commitment, else count' : 'proof: commitment'
  return queryRetrieve ? 'proof: counted there' : 'no proof: cannot be asked'
}

/** That it goes at another time than now is no surprise after the order. */
function hoursOf({ name, sendHours }: ServerRow, priority: Priority, now: number): string {
  const at = opensAt(sendHours, now)
  if (!sendHours || at === null) return ''
  const hours = `${name} is sent to ${hoursText(sendHours)}`
  return priority === 'urgent'
    ? `${hours}. Urgent goes at once all the same.`
    : `${hours}: this waits until ${timeOf(at)}. Urgent goes at once.`
}

function Answer({ server }: { server: ServerRow }) {
  const text = answerText(server.lastTest, new Date())
  if (!server.lastTest) return <StatusWord status="none">{text}</StatusWord>
  return <StatusWord status={server.lastTest.ok ? 'pass' : 'attention'}>{text}</StatusWord>
}
