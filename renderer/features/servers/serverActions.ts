import { Redo2, Trash2, Undo2 } from 'lucide-react'
import type { DiagnosisRun } from '#shared/contract/diagnosis.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerFields, ServerRow } from '#shared/contract/servers.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { showToast } from '../../ui/toast.ts'
import { useEditor } from './editorState.ts'

/** What went wrong is said where the person looks: bottom left. */
async function say<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    showToast({ tone: 'bad', message: error instanceof ApiError ? error.message : 'This did not work. Try again.' })
    return undefined
  }
}

export async function addServer(): Promise<void> {
  const row = await say(client.servers.add({}))
  if (!row) return
  useEditor.getState().select(row.serverId)
  focusName(row.name)
}

/** The person goes on typing: the name is selected as soon as the new entry is drawn. */
function focusName(name: string, framesLeft = 60): void {
  const field = document.querySelector<HTMLInputElement>('main form input')
  if (field?.value === name) {
    field.focus()
    field.select()
  } else if (framesLeft > 0) requestAnimationFrame(() => focusName(name, framesLeft - 1))
}

export async function duplicateServer(serverId: number): Promise<void> {
  const row = await say(client.servers.duplicate({ serverId }))
  if (row) useEditor.getState().select(row.serverId)
}

/** Undo rather than ask: the entry comes back to the same place. */
export async function deleteServer(row: ServerRow, next: number | undefined): Promise<void> {
  const { serverId, name } = row
  if (!(await say(client.servers.delete({ serverId })))) return
  useEditor.getState().select(next)
  const onAct = async () => {
    const restored = await say(client.servers.restore({ serverId }))
    if (restored) useEditor.getState().select(restored.serverId)
  }
  showToast({ icon: Trash2, message: `Deleted server ${name}`, action: { label: 'Undo', undo: true, onAct } })
}

export async function moveServer(serverId: number, by: -1 | 1): Promise<void> {
  await say(client.servers.move({ serverId, by }))
}

/** By dragging. */
export async function placeServer(serverId: number, index: number): Promise<void> {
  await say(client.servers.place({ serverId, index }))
}

/** Ctrl Z and Ctrl Shift Z on the page of servers. */
export async function stepServers(way: 'undo' | 'redo'): Promise<void> {
  const found = await say(client.servers[way]({}))
  if (!found) return
  const nothing = way === 'undo' ? 'Nothing to take back' : 'Nothing to do again'
  const said = way === 'undo' ? `Taken back: ${found.done}` : `Done again: ${found.done}`
  showToast({ icon: way === 'undo' ? Undo2 : Redo2, message: found.done === '' ? nothing : said })
}

export async function makeDefault(serverId: number): Promise<void> {
  await say(client.servers.setDefault({ serverId }))
}

/** The whole connection test with the values as they stand, saved or not. */
export async function testServer(row: ServerRow, fields: ServerFields): Promise<void> {
  const { serverId } = row
  const { tests, options, setTest } = useEditor.getState()
  tests[serverId]?.running?.abort()
  const running = new AbortController()
  const base = { startedAt: Date.now(), fields }
  const isCurrent = () => useEditor.getState().tests[serverId]?.running === running
  let run: DiagnosisRun | undefined
  setTest(serverId, { ...base, running, run })
  try {
    for await (const item of client.diagnosis.run({ serverId, fields, options }, { signal: running.signal })) {
      run = item
      if (isCurrent()) setTest(serverId, { ...base, running, run })
    }
    if (isCurrent()) setTest(serverId, { ...base, running: undefined, run })
  } catch (error) {
    if (!isCurrent()) return
    setTest(serverId, { ...base, running: undefined, run: stopped(run) })
    if (!(error instanceof ApiError && error.code === 'cancelled')) await say(Promise.reject(error))
  }
  void queryClient.invalidateQueries({ queryKey: ['diagnosis', 'history'] })
}

export function stopTest(serverId: number): void {
  const { tests, setTest } = useEditor.getState()
  const test = tests[serverId]
  if (!test?.running) return
  setTest(serverId, { ...test, running: undefined, run: stopped(test.run) })
  test.running.abort()
}

export async function forgetTests(serverId: number): Promise<void> {
  await say(client.diagnosis.clearHistory({ serverId }))
  await queryClient.invalidateQueries({ queryKey: ['diagnosis', 'history'] })
}

/** Nothing is told any more of what had not ended. */
function stopped(run: DiagnosisRun | undefined): DiagnosisRun | undefined {
  const steps = run?.steps.map((step) =>
    step.result === 'running' || step.result === 'waiting'
      ? { ...step, result: 'not-run' as const, detail: 'stopped' }
      : step,
  )
  return run && steps && { ...run, steps, state: 'cancelled', sentence: 'Stopped by you.' }
}
