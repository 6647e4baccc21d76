import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { client } from '../../api/client.ts'
import { showToast } from '../../ui/toast.ts'
import { useEditor } from './editorState.ts'
import { toFields } from './fieldProblems.ts'
import type { FieldName } from './fields.ts'

export interface SaveFailure {
  message: string
  field: FieldName | undefined
}

/** Undefined when it is saved. */
export async function saveDraft(row: ServerRow): Promise<SaveFailure | undefined> {
  const { draft, discard } = useEditor.getState()
  const fields = draft && toFields(draft)
  if (!draft || !fields) return { message: 'Something is not right yet.', field: undefined }
  try {
    await client.servers.update({ serverId: row.serverId, fields })
    // What was typed while it was being saved stays a draft.
    if (useEditor.getState().draft === draft) discard()
    return undefined
  } catch (error) {
    const known = error instanceof ApiError ? error : undefined
    const message = known?.message ?? 'The server could not be saved. Try again.'
    showToast({ tone: 'bad', message })
    return { message, field: known?.field?.replace(/^fields\./, '') as FieldName | undefined }
  }
}
