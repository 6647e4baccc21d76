import { ListChecks, Play, Plus } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { RemoteItem } from '#shared/contract/worklist.ts'
import { formatDate, formatTime, parseDate } from '#shared/dicom/dateTime.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import table from '../../ui/PlainTable.module.css'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { type Answered, askWorklists } from './askWorklist.ts'
import { whoText } from './cardText.ts'
import { startItem, takeItem } from './deskActions.ts'
import { inputDay } from './draft.ts'
import { modalities } from './modalities.ts'
import type { Span } from './span.ts'
import css from './WorklistSearch.module.css'

interface WorklistSearchProps {
  span: Span
  serverIds: readonly number[]
  onClose: () => void
}

const dicomDay = (typed: string) => typed.trim().replaceAll('-', '')

/** The servers' worklists by everything that a worklist is asked for (R091): days, kind of device, station, whose, number. */
export function WorklistSearch({ span, serverIds, onClose }: WorklistSearchProps) {
  const [wanted, setWanted] = useState({
    ...{ from: inputDay(span.from), to: inputDay(span.to), modality: '', station: '' },
    ...{ name: '', patientId: '', accession: '' },
  })
  const [problems, setProblems] = useState<{ from?: string | undefined; to?: string | undefined }>({})
  const [answered, setAnswered] = useState<Answered>()
  const [asking, setAsking] = useState(false)
  const stop = useRef<AbortController>(undefined)
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => {
    name.current?.focus()
    return () => stop.current?.abort()
  }, [])
  const text = (key: 'station' | 'name' | 'patientId' | 'accession', label: string, more = {}) => (
    <TextField
      label={label}
      value={wanted[key]}
      onChange={(value) => setWanted((old) => ({ ...old, [key]: value }))}
      {...more}
    />
  )
  const day = (key: 'from' | 'to', label: string) => (
    <DayField
      label={label}
      value={wanted[key]}
      error={problems[key]}
      onChange={(value) => setWanted((old) => ({ ...old, [key]: value }))}
    />
  )
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    const [from, to] = [dicomDay(wanted.from), dicomDay(wanted.to)]
    const found = {
      ...(parseDate(from) ? {} : { from: 'A day is written as 2026-11-21.' }),
      ...(!parseDate(to)
        ? { to: 'A day is written as 2026-11-21.' }
        : to < from
          ? { to: 'It ends before it begins.' }
          : {}),
    }
    setProblems(found)
    if (Object.keys(found).length > 0) return
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    setAsking(true)
    const { modality, station, patientId, accession } = wanted
    const whose = { patientName: wanted.name, patientId, accessionNumber: accession }
    const keys = { modality, stationAETitle: station, ...whose }
    const answer = await askWorklists(serverIds, { from, to, ...keys }, own.signal)
    if (own.signal.aborted) return
    setAsking(false)
    setAnswered(answer)
  }
  return (
    <Dialog
      title="Find on the worklists"
      subtitle={formatCount(serverIds.length, 'server')}
      width={980}
      onClose={onClose}
    >
      <form className={css.form} onSubmit={(event) => void ask(event)}>
        {day('from', 'From')}
        {day('to', 'To')}
        <Select
          label="Kind of device"
          value={wanted.modality}
          options={[{ value: '', label: 'Any' }, ...modalities]}
          onChange={(modality) => setWanted((old) => ({ ...old, modality }))}
        />
        {text('station', 'Station', { mono: true, placeholder: 'as set by server', maxLength: 16 })}
        {text('name', 'Patient name', { ref: name, placeholder: 'Family, Given', maxLength: 64 })}
        {text('patientId', 'Patient ID', { mono: true, maxLength: 64 })}
        {text('accession', 'Accession number', { mono: true, maxLength: 16 })}
        <Button type="submit" variant="primary" className={css.ask} disabled={asking}>
          {asking ? 'Asking' : 'Ask'}
        </Button>
      </form>
      {answered?.problems.map((problem) => (
        <p key={problem} className={css.problem} role="status">
          {problem}
        </p>
      ))}
      <div className={css.found}>
        {asking ? (
          <Bars />
        ) : !answered ? null : answered.items.length === 0 ? (
          <EmptyState icon={ListChecks} title="No entry matches">
            A name matches from its beginning; a * stands for any letters. Some servers compare capitals.
          </EmptyState>
        ) : (
          <Found items={answered.items} />
        )}
      </div>
    </Dialog>
  )
}

function Found({ items }: { items: readonly RemoteItem[] }) {
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const keyOf = ({ serverId, key }: RemoteItem) => `${serverId} ${key}`
  const act = (work: (item: RemoteItem) => Promise<boolean>, item: RemoteItem) => {
    void work(item).then((isDone) => {
      if (isDone) setTaken((old) => new Set([...old, keyOf(item)]))
    })
  }
  return (
    <table className={table.table} aria-label="Entries found">
      <thead>
        <tr>
          {['When', 'Patient', 'Patient ID', 'Examination', 'Device', 'Accession number', 'Server', ''].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const { patient, request } = item.content
          return (
            <tr key={keyOf(item)}>
              <td className={table.when}>
                {formatDate(request.date)} {request.time === '' ? 'any time' : formatTime(request.time)}
              </td>
              <td>
                {formatPersonName(patient.patientName)}
                <span className={css.who}>{whoText(patient, request.date)}</span>
              </td>
              <td className="mono">{patient.patientId}</td>
              <td>{request.procedure}</td>
              <td className="mono">{request.stationAETitle || `any ${request.modality}`}</td>
              <td className="mono">{item.accessionNumber}</td>
              <td>{item.serverName}</td>
              <td className={css.actions}>
                {taken.has(keyOf(item)) ? (
                  'On the board'
                ) : (
                  <>
                    <Button size="small" icon={Play} onClick={() => act(startItem, item)}>
                      Start
                    </Button>
                    <Button size="small" variant="plain" icon={Plus} onClick={() => act(takeItem, item)}>
                      Take over
                    </Button>
                  </>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
