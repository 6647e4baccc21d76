import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { client } from '../../api/client.ts'
import { showToast } from '../../ui/toast.ts'
import { useEditor } from './editorState.ts'
import { toFields } from './fieldProblems.ts'
import { draftOf, type FieldName } from './fields.ts'

export interface SaveFailure {
  message: string
  field: FieldName | undefined
}

/** Undefined when it is saved. */
export async function saveDraft(row: ServerRow): Promise<SaveFailure | undefined> {
  const { draft, draftRevision, settle } = useEditor.getState()
  const fields = draft && toFields(draft)
  if (!draft || !fields) return { message: 'Something is not right yet.', field: undefined }
  try {
    const saved = await client.servers.update({ serverId: row.serverId, fields, revision: draftRevision })
    // What was typed while it was being saved stays a draft. Until the list brings the row, what was saved stands here:
    // a test that is asked for now must not be one of the old values.
    if (useEditor.getState().draft === draft) settle(draftOf(saved))
    return undefined
  } catch (error) {
    const known = error instanceof ApiError ? error : undefined
    const message = known?.message ?? 'The server could not be saved. Try again.'
    // Told once; who saves again means it.
    if (known?.field === 'revision') useEditor.setState({ draftRevision: row.revision })
    showToast({ tone: 'bad', message })
    return { message, field: known?.field?.replace(/^fields\./, '') as FieldName | undefined }
  }
}
