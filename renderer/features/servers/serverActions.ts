import { Trash2 } from 'lucide-react'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerFields, ServerRow } from '#shared/contract/servers.ts'
import { client } from '../../api/client.ts'
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

export async function makeDefault(serverId: number): Promise<void> {
  await say(client.servers.setDefault({ serverId }))
}

/** Echo with the values as they stand, saved or not. */
export async function testServer(row: ServerRow, fields: ServerFields): Promise<void> {
  const { serverId } = row
  const { tests, setTest } = useEditor.getState()
  tests[serverId]?.running?.abort()
  const running = new AbortController()
  const run = { startedAt: Date.now(), fields }
  setTest(serverId, { ...run, running, outcome: undefined })
  try {
    const outcome = await client.servers.test({ serverId, fields }, { signal: running.signal })
    if (useEditor.getState().tests[serverId]?.running === running)
      setTest(serverId, { ...run, running: undefined, outcome })
  } catch (error) {
    if (useEditor.getState().tests[serverId]?.running !== running) return
    setTest(serverId, { ...run, running: undefined, outcome: undefined })
    if (!(error instanceof ApiError && error.code === 'cancelled')) await say(Promise.reject(error))
  }
}
