import type { ServerRow } from '#shared/contract/servers.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useEditor } from './editorState.ts'
import { fieldProblems } from './fieldProblems.ts'
import { changedFields, changeText } from './fields.ts'
import { saveDraft } from './saveDraft.ts'

/** Leaving with unsaved edits: keep editing is the safe way out. */
export function UnsavedDialog({ servers }: { servers: readonly ServerRow[] }) {
  const { pending, draft, selectedId, cancelPending, discard } = useEditor()
  const row = servers.find(({ serverId }) => serverId === selectedId)
  if (!pending || !draft || !row) return null
  const others = servers.filter(({ serverId }) => serverId !== row.serverId).map(({ name }) => name)
  const isRight = Object.keys(fieldProblems(draft, others)).length === 0
  const save = async () => {
    if ((await saveDraft(row)) !== undefined) return cancelPending()
    discard()
    pending()
  }
  return (
    <Dialog
      title={`${row.name} is not saved`}
      onClose={cancelPending}
      width={440}
      footer={
        <>
          <Button
            variant="plain"
            onClick={() => {
              discard()
              pending()
            }}
          >
            Discard changes
          </Button>
          <span style={{ flex: 1 }} />
          <Button autoFocus onClick={cancelPending}>
            Keep editing
          </Button>
          <Button variant="primary" disabled={!isRight} onClick={() => void save()}>
            Save and go on
          </Button>
        </>
      }
    >
      <p>
        {changeText(changedFields(draft, row))}.
        {!isRight && ' Something in it is not right yet, so it cannot be saved.'}
      </p>
    </Dialog>
  )
}
