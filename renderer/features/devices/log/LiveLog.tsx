import { Download, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { AssociationRow } from '#shared/contract/associations.ts'
import { client } from '../../../api/client.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { saveFile } from '../sheet/saveFile.ts'
import { Connections } from './Connections.tsx'
import css from './LiveLog.module.css'
import { logCsv } from './logCsv.ts'
import { Statistics } from './Statistics.tsx'
import type { ConnectionFilter } from './useConnections.ts'

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
] as const
const directions = [
  { value: 'all', label: 'Both ways' },
  { value: 'in', label: 'Called us' },
  { value: 'out', label: 'We called' },
] as const

/** R117, R118: connections as they happen, each with its timeline, and what each device sent on which day. */
export function LiveLog() {
  const [filter, setFilter] = useState<ConnectionFilter>({ kind: 'all', direction: 'all', text: '' })
  const [isSaving, setSaving] = useState(false)
  const change = (part: Partial<ConnectionFilter>) => setFilter({ ...filter, ...part })
  const text = useDeferredValue(filter.text.trim().slice(0, 64))
  const shown = { ...filter, text }
  const save = async () => {
    setSaving(true)
    try {
      saveFile('connections.csv', logCsv(await everyRow(shown)), 'text/csv')
    } catch (error) {
      showFailure(error)
    }
    setSaving(false)
  }
  return (
    <div className={css.page}>
      <section className={css.log} aria-label="Live log" data-region>
        <div className={css.bar}>
          <SegmentedControl
            label="Which connections"
            value={filter.kind}
            options={kinds}
            onChange={(kind) => change({ kind })}
          />
          <SegmentedControl
            label="Direction"
            value={filter.direction}
            options={directions}
            onChange={(direction) => change({ direction })}
          />
          <TextField
            label="Find in the log"
            hideLabel
            placeholder="AE title, user, address, reason"
            icon={Search}
            value={filter.text}
            onChange={(wanted) => change({ text: wanted })}
            className={css.find}
          />
          <span className={css.grow} />
          <Button variant="plain" icon={Download} disabled={isSaving} aria-busy={isSaving} onClick={() => void save()}>
            Export CSV
          </Button>
        </div>
        <div className={css.rows}>
          <Connections filter={shown} />
        </div>
      </section>
      <Statistics />
    </div>
  )
}

const PAGE = 500
const ROWS_MAX = 20_000

/** All that the filter leaves, page by page. */
async function everyRow(filter: ConnectionFilter): Promise<AssociationRow[]> {
  const rows: AssociationRow[] = []
  let before: { startedAt: number; associationId: string } | null = null
  do {
    const page: Awaited<ReturnType<typeof client.associations.list>> = await client.associations.list({
      ...filter,
      before,
      limit: PAGE,
    })
    rows.push(...page.rows)
    before = page.next
  } while (before && rows.length < ROWS_MAX)
  return rows
}
