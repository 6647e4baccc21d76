import type { ServerRow } from '#shared/contract/servers.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { answerText } from '../filter/answerText.ts'
import css from './SendDialog.module.css'

interface DestinationsProps {
  servers: readonly ServerRow[]
  selected: readonly ServerRow[]
  onToggle(serverId: number, on: boolean): void
}

/** Where to, and what each place can prove. */
export function Destinations({ servers, selected, onToggle }: DestinationsProps) {
  return (
    <fieldset className={css.servers}>
      <legend className={css.legend}>To</legend>
      <ul className={css.list}>
        {servers.map((server) => (
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
    </fieldset>
  )
}

/** How anybody will know that the images arrived. */
function proofOf({ askCommitment, queryRetrieve }: ServerRow): string {
  if (askCommitment) return queryRetrieve ? 'proof: commitment, else count' : 'proof: commitment'
  return queryRetrieve ? 'proof: counted there' : 'no proof: cannot be asked'
}

function Answer({ server }: { server: ServerRow }) {
  const text = answerText(server.lastTest, new Date())
  if (!server.lastTest) return <StatusWord status="none">{text}</StatusWord>
  return <StatusWord status={server.lastTest.ok ? 'pass' : 'attention'}>{text}</StatusWord>
}
