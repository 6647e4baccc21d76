import { Search, Server } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTransfers } from '../../../api/workstation.ts'
import { formatCount, formatNumber } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { useBrowser } from '../filter/browserState.ts'
import { ColumnMenu } from '../filter/ColumnMenu.tsx'
import { FilterBar } from '../filter/FilterBar.tsx'
import { useQueryServers } from '../filter/SourceMenu.tsx'
import { narrows, toStudyFilter } from '../filter/toStudyFilter.ts'
import { EmptyStrip } from '../strip/EmptyStrip.tsx'
import { useColumnSettings } from '../table/columnSettings.ts'
import { dayLayout, flatLayout, worthGrouping } from '../table/dayLayout.ts'
import { dayTitle } from '../table/dayTitle.ts'
import { Grid } from '../table/Grid.tsx'
import { noSelection } from '../table/selection.ts'
import css from './Remote.module.css'
import { RemoteNotices } from './RemoteNotices.tsx'
import { RemoteStrip } from './RemoteStrip.tsx'
import { remoteColumns } from './remoteColumns.tsx'
import { arrivingOf, completeHere, daysOf, type RemoteRow, sortRemote } from './remoteRows.ts'
import { useRemoteSearch } from './remoteSearch.ts'
import { type Brought, retrieve, retrieveKey, useRetrieves } from './retrieve.ts'
import { useAutoRetrieve } from './useAutoRetrieve.ts'
import { useHeld } from './useHeld.ts'

const keyOf = (row: RemoteRow) => row.key

/** Studies at one server or at all of them. A person starts the search; matches stream in. */
export function RemoteBrowser({ serverIds }: { serverIds: readonly number[] }) {
  const { criteria, sort, setSort } = useBrowser()
  const { findings, state, error, run, stop, reset } = useRemoteSearch()
  const [selection, setSelection] = useState(noSelection)
  const [chosen, setChosen] = useState<{ uid: string; series: readonly string[] }>({ uid: '', series: [] })
  const serverName = useServerName()
  const transferOf = useTransferOf()
  const openStudies = useNavigation((navigation) => navigation.openStudies)
  const [isPointedAt, setPointedAt] = useState(false)
  const { held, release } = useHeld(state === 'running', isPointedAt)
  const rows = useMemo(() => (held ? findings.rows : sortRemote(findings.rows, sort)), [findings.rows, sort, held])
  const days = useMemo(() => (sort.column === 'studyDate' && !held ? daysOf(rows) : []), [rows, sort, held])
  const grouped = days.length > 0 && worthGrouping(days)
  const layout = useMemo(() => (grouped ? dayLayout(days) : flatLayout(rows.length)), [days, grouped, rows])
  const all = remoteColumns({ grouped, serverName, severalServers: serverIds.length > 1, transferOf })
  const columns = useColumnSettings('servers', all)
  const selected = rows.filter((row) => selection.keys.has(row.key))
  const localOf = (row: RemoteRow) => completeHere(row, transferOf(row))
  const [only] = selected
  const series = selected.length === 1 && chosen.uid === only?.studyInstanceUID ? chosen.series : []
  const servers = useQueryServers()
  const comesBySelecting =
    selected.length === 1 &&
    series.length === 0 &&
    servers.find((server) => server.serverId === only?.serverId)?.retrieving.mode === 'select'
  useAutoRetrieve(comesBySelecting && only && !transferOf(only) && localOf(only) === undefined ? only : undefined)
  const openOrRetrieve = (some: readonly RemoteRow[]) => {
    if (some.length === 0) return
    // What is ticked is what the button names: Enter does the same.
    if (some === selected && series.length > 0) return void retrieve(selected, series)
    const here = some.flatMap((row) => localOf(row) ?? arrivingOf(transferOf(row)) ?? [])
    if (here.length === some.length) openStudies([...new Set(here)])
    else void retrieve(some)
  }
  const search = () => {
    // The text of the search box may have been typed this very moment.
    setSelection(noSelection)
    run([...serverIds], toStudyFilter(useBrowser.getState().criteria, new Date()))
  }
  const wanted = serverIds.join()
  const { datePreset, range, modalities } = criteria
  // Another server, day or modality is one click: search at once. Words wait for Enter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only these start a search by themselves
  useEffect(() => {
    if (narrows(useBrowser.getState().criteria)) search()
    else reset()
  }, [wanted, datePreset, range, modalities])
  useShortcuts('Servers', [
    { keys: 'Escape', label: 'Stop the search', run: stop },
    { keys: 'Enter', label: 'Retrieve, or open what is here', run: () => openOrRetrieve(selected) },
  ])
  return (
    <>
      <FilterBar onEnter={search}>
        <Progress onStop={stop} />
        <Button icon={Search} onClick={search}>
          Search
        </Button>
        <ColumnMenu all={all} settings={columns} />
      </FilterBar>
      <RemoteNotices servers={findings.servers} serverName={serverName} withFailures={rows.length > 0} />
      {state === 'failed' && error ? (
        <ErrorState title="The search did not run" actions={<Button onClick={search}>Try again</Button>}>
          {error}
        </ErrorState>
      ) : rows.length === 0 ? (
        <NoRows serverName={serverName} onSearch={search} />
      ) : (
        <div className={css.list} onPointerEnter={() => setPointedAt(true)} onPointerLeave={() => setPointedAt(false)}>
          <Grid
            label="Studies at servers"
            columns={columns.columns}
            onResize={columns.resize}
            onWidth={columns.fit}
            layout={layout}
            rowCount={rows.length}
            rowAt={(row) => rows[row]}
            keyOf={keyOf}
            selection={selection}
            onSelection={setSelection}
            onSelectAll={() => setSelection({ ...selection, keys: new Set(rows.map(keyOf)) })}
            onOpen={(row) => openOrRetrieve(selected.includes(row) ? selected : [row])}
            sort={held ? undefined : sort}
            onSort={(next) => {
              release()
              setSort(next)
            }}
            question={JSON.stringify(sort)}
            group={(date, count) => (
              <>
                {dayTitle(date, new Date())}
                <span>{formatCount(count, 'study', 'studies')}</span>
              </>
            )}
          />
        </div>
      )}
      {selected.length > 0 ? (
        <RemoteStrip
          rows={selected}
          series={series}
          onSeries={(uids) => setChosen({ uid: only?.studyInstanceUID ?? '', series: uids })}
          localOf={localOf}
          arrivingOf={(row) => arrivingOf(transferOf(row))}
          comesBySelecting={comesBySelecting}
          hasCome={(row) => (transferOf(row)?.done ?? 0) > 0}
          onOpen={() => openOrRetrieve(selected)}
        />
      ) : (
        rows.length > 0 && <EmptyStrip>Select a study to see its series at the server.</EmptyStrip>
      )}
    </>
  )
}

function Progress({ onStop }: { onStop: () => void }) {
  const { findings, state } = useRemoteSearch()
  const count = findings.rows.length
  if (state === 'idle') return null
  if (state === 'running') {
    const asking = findings.servers.filter((server) => server.state === 'asking').length
    const waits = findings.servers.length > 1 ? `, ${formatCount(asking, 'server')} to answer` : ''
    return (
      <span className={css.progress} role="status">
        {formatNumber(count)} so far{waits}
        <Button size="small" keyHint="Esc" onClick={onStop}>
          Stop
        </Button>
      </span>
    )
  }
  return (
    <span className={css.progress} role="status">
      {formatCount(count, 'study', 'studies')}
      {state === 'stopped' && ', stopped'}
    </span>
  )
}

function NoRows({ serverName, onSearch }: { serverName: (serverId: number) => string; onSearch: () => void }) {
  const { findings, state } = useRemoteSearch()
  const editServer = useNavigation((navigation) => navigation.editServer)
  const [failed] = findings.servers.filter((server) => server.state === 'failed')
  if (state === 'running') return <Bars rows={12} label="Searching" />
  if (failed) {
    return (
      <ErrorState
        title={`${serverName(failed.serverId)} did not answer the search`}
        actions={
          <>
            <Button onClick={() => editServer(failed.serverId)}>Test connection</Button>
            <Button variant="plain" onClick={onSearch}>
              Try again
            </Button>
          </>
        }
      >
        {findings.servers
          .filter((server) => server.state === 'failed')
          .map((server) => (
            <p key={server.serverId}>
              {findings.servers.length > 1 && `${serverName(server.serverId)}: `}
              {server.error}
            </p>
          ))}
      </ErrorState>
    )
  }
  if (state === 'done' || state === 'stopped') {
    return (
      <EmptyState icon={Search} title={state === 'done' ? 'No study matches there' : 'Stopped before anything matched'}>
        Other words, other dates, or fewer filters may match.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Server}
      title="What do you look for?"
      actions={<Button onClick={onSearch}>Search everything</Button>}
    >
      Type a name or an ID and press Enter, or choose days.
    </EmptyState>
  )
}

function useServerName(): (serverId: number) => string {
  const servers = useQueryServers()
  return (serverId) => servers.find((server) => server.serverId === serverId)?.name ?? 'Server'
}

function useTransferOf() {
  const transfers = useTransfers()
  const started = useRetrieves((state) => state.transfers)
  return (row: RemoteRow): Brought | undefined => {
    const begun = started[retrieveKey(row)]
    const transfer = begun && transfers?.find(({ transferId }) => transferId === begun.transferId)
    return transfer && { ...transfer, isWhole: begun.isWhole }
  }
}
