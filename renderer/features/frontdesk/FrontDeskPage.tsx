import { GraduationCap, Inbox, ListFilter, Plus, RefreshCw, Search, Undo2, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Board, RemoteItem } from '#shared/contract/worklist.ts'
import { parseDate } from '#shared/dicom/dateTime.ts'
import { beginPractice, isPractice } from '../../api/practice.ts'
import { useSettings } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useSettled } from '../../app/useSettled.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { showToast } from '../../ui/toast.ts'
import { save } from '../settings/saveSettings.ts'
import { useNow } from '../transfers/useNow.ts'
import { BoardColumns } from './BoardColumns.tsx'
import { type DeviceGroup, deviceGroups, filterBoard, filterItems, modalitiesOf } from './boardFilter.ts'
import { inputDay } from './draft.ts'
import { type Editing, edit, useEditing } from './editing.ts'
import css from './FrontDeskPage.module.css'
import { InputsDialog } from './InputsDialog.tsx'
import { PatientsView } from './PatientsView.tsx'
import { RequestDialog } from './RequestDialog.tsx'
import { spanOf, type When } from './span.ts'
import { useBoard } from './useBoard.ts'
import { useRemoteItems } from './useRemoteItems.ts'
import { WorklistSearch } from './WorklistSearch.tsx'

const days: readonly { value: When; label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'week', label: 'Week' },
]
const NOW_MS = 15_000
const SETTLE_MS = 150

/** Who is to be examined, where it stands, and what needs a person. */
export function FrontDeskPage() {
  const [when, setWhen] = useState<When>('today')
  const [day, setDay] = useState('')
  const [group, setGroup] = useState<DeviceGroup>('all')
  const [station, setStation] = useState('')
  const [text, setText] = useState('')
  const [typedDay, setTypedDay] = useState<string>()
  const [showsSearch, setShowsSearch] = useState(false)
  const editing = useEditing((state) => state.editing)
  const [view, setView] = useState<'board' | 'patients'>('board')
  const [showsInputs, setShowsInputs] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const now = new Date(useNow(NOW_MS))
  const span = spanOf(when, day, now)
  const settled = useSettled(text.trim(), SETTLE_MS)
  const { board, error } = useBoard({ ...span, text: settled, modalities: modalitiesOf(group), station })
  const remote = useRemoteItems(span)
  const settings = useSettings()?.settings
  // Several steps may belong to one study.
  const taken = new Set(
    board?.cards.flatMap(({ order: { studyInstanceUID, scheduledProcedureStepID } }) => [
      `${studyInstanceUID}/`,
      `${studyInstanceUID}/${scheduledProcedureStepID}`,
    ]),
  )
  const shown = board && filterBoard(board, group, station, text)
  const untaken = remote.items.filter(
    ({ studyInstanceUID, scheduledProcedureStepID }) => !taken.has(`${studyInstanceUID}/${scheduledProcedureStepID}`),
  )
  const items = filterItems(untaken, group, station, text)
  const stations = stationsOf(board, remote.items, station)
  const isOff = settings !== undefined && (!settings.answerWorklist || !settings.answerPerformedSteps)
  useShortcuts('Front desk', [
    { keys: 'n', label: 'New request', run: () => edit({}) },
    { keys: '/', label: 'Find on the board', run: () => field.current?.focus() },
    { keys: 'r', label: 'Ask the servers’ worklists again', run: remote.ask },
    ...(remote.serverIds.length > 0
      ? [{ keys: 'f', label: 'Find on the servers’ worklists', run: () => setShowsSearch(true) }]
      : []),
    { keys: 'p', label: 'Patients, or the board', run: () => setView(view === 'board' ? 'patients' : 'board') },
  ])
  return (
    <>
      <TopBar title={view === 'patients' ? 'Patients' : 'Front desk'}>
        {view === 'board' && (
          <>
            <SegmentedControl label="Days" value={when} options={days} onChange={setWhen} />
            <DayField
              label="Day"
              hideLabel
              className={css.day}
              value={typedDay ?? inputDay(when === 'day' ? day : span.from)}
              onChange={(value) => {
                const wanted = value.trim().replaceAll('-', '')
                setTypedDay(value)
                if (!parseDate(wanted)) return
                setDay(wanted)
                setWhen('day')
              }}
              onBlur={() => setTypedDay(undefined)}
            />
          </>
        )}
        <span className={css.grow} />
        {!isPractice && (
          <Button variant="plain" icon={Inbox} onClick={() => setShowsInputs(true)}>
            Requests in
          </Button>
        )}
        <Button
          variant="plain"
          icon={Users}
          keyHint="P"
          onClick={() => setView(view === 'board' ? 'patients' : 'board')}
        >
          {view === 'board' ? 'Patients' : 'Board'}
        </Button>
        <Button icon={Plus} keyHint="N" onClick={() => edit({})}>
          New request
        </Button>
      </TopBar>
      {view === 'patients' ? (
        <PatientsView />
      ) : (
        <div className={css.page}>
          <div className={css.filters}>
            <TextField
              ref={field}
              label="Find on the board"
              hideLabel
              icon={Search}
              className={css.find}
              placeholder="Patient, owner, microchip"
              value={text}
              onChange={setText}
              trailing={<Kbd>/</Kbd>}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setText('')
              }}
            />
            <SegmentedControl label="Devices" value={group} options={deviceGroups} onChange={setGroup} />
            {stations.length > 1 && (
              <Select
                label="One device"
                hideLabel
                value={station}
                options={[{ value: '', label: 'Every device' }, ...stations.map((value) => ({ value, label: value }))]}
                onChange={setStation}
              />
            )}
            <span className={css.grow} />
            {shown && <span className={css.count}>{formatCount(shown.cards.length, 'request')}</span>}
            {!isPractice && (
              <Button variant="plain" icon={GraduationCap} onClick={beginPractice}>
                Practise without a device
              </Button>
            )}
            {remote.serverIds.length > 0 && (
              <>
                <Button variant="plain" icon={ListFilter} keyHint="F" onClick={() => setShowsSearch(true)}>
                  Find on the worklists
                </Button>
                <IconButton
                  label={remote.asking ? 'Asking the worklists' : 'Ask the worklists again (R)'}
                  icon={RefreshCw}
                  disabled={remote.asking}
                  onClick={remote.ask}
                />
              </>
            )}
          </div>
          {isOff && board && board.cards.length > 0 && (
            <p className={css.notice}>
              Devices cannot see these requests yet: the worklist is switched off.
              <Button size="small" onClick={() => void save({ answerWorklist: true, answerPerformedSteps: true })}>
                Give devices their worklist
              </Button>
            </p>
          )}
          {remote.problems.map((problem) => (
            <p key={problem} className={css.notice} role="status">
              {problem}
            </p>
          ))}
          {board?.truncated && (
            <p className={css.notice}>
              Only the first 1,500 requests are shown. A name, an owner or a number in the field above finds the others.
            </p>
          )}
          {shown ? (
            <BoardColumns
              board={shown}
              remote={items}
              withDay={when === 'week'}
              now={now}
              onEdit={(order) => edit({ order })}
            />
          ) : error ? (
            <ErrorState title="The board cannot be read now">{error.message}</ErrorState>
          ) : (
            <Bars />
          )}
        </div>
      )}
      {showsSearch && <WorklistSearch span={span} serverIds={remote.serverIds} onClose={() => setShowsSearch(false)} />}
      {showsInputs && <InputsDialog onClose={() => setShowsInputs(false)} />}
      {editing && (
        <RequestDialog
          order={editing.order}
          draft={editing.draft}
          date={span.from}
          onClose={(draft) => {
            edit(undefined)
            if (!draft) return
            const again = editing.order ? { order: editing.order, draft } : { draft }
            const action = { label: 'Bring it back', onAct: () => bringBack(again), undo: true }
            showToast({ icon: Undo2, message: 'What was typed is not kept', action })
          }}
        />
      )}
    </>
  )
}

/** Devices that requests of these days are for, and the one that is chosen. */
function stationsOf(board: Board | undefined, items: readonly RemoteItem[], chosen: string): string[] {
  const all = new Set([
    ...(board?.cards.map(({ order }) => order.request.stationAETitle) ?? []),
    ...items.map(({ content }) => content.request.stationAETitle),
    chosen,
  ])
  return [...all].filter((each) => each !== '').toSorted()
}

function bringBack(again: Editing): void {
  useNavigation.getState().go('frontdesk')
  edit(again)
}
