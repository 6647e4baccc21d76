import { useState } from 'react'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import css from './Connections.module.css'
import { type ConnectionFilter, useConnections } from './useConnections.ts'

const nothing = {
  all: 'No device has called yet. What calls is listed here for 90 days, let in or not.',
  accepted: 'No device has been let in yet.',
  refused: 'Nobody was refused.',
}

/** R070: every association, with its end, or with the reason why it was refused. */
export function Connections({ filter }: { filter: ConnectionFilter }) {
  const { kind } = filter
  const [opened, setOpened] = useState<string>()
  const { rows, hasMore, error, showOlder } = useConnections(filter)
  return (
    <>
      {error && <p role="alert">{error.message}</p>}
      {!rows && !error && <Bars rows={4} />}
      {rows?.length === 0 && (
        <p className={css.nothing}>
          {filter.text || filter.direction === 'out' ? 'No connection fits.' : nothing[kind]}
        </p>
      )}
      {rows && rows.length > 0 && (
        <table className={css.table} aria-label="Connections">
          <colgroup>
            <col className={css.when} />
            <col />
            <col className={css.end} />
            <col className={css.requests} />
            <col className={css.bytes} />
            <col className={css.length} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col">Device</th>
              <th scope="col">End</th>
              <th scope="col">Requests</th>
              <th scope="col" className={css.number}>
                Bytes
              </th>
              <th scope="col" className={css.number}>
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ConnectionRow
                key={row.associationId}
                row={row}
                isOpen={opened === row.associationId}
                onToggle={() => setOpened(opened === row.associationId ? undefined : row.associationId)}
              />
            ))}
          </tbody>
        </table>
      )}
      {hasMore && (
        <div className={css.bar}>
          <Button onClick={() => void showOlder()}>Show older</Button>
        </div>
      )}
    </>
  )
}
