import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type Procedure, procedure as procedureShape } from '#shared/contract/worklist.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toast.ts'
import { modalities } from '../frontdesk/modalities.ts'
import css from './Examinations.module.css'

type Draft = Omit<Procedure, 'procedureId' | 'code'> & { procedureId: number | null; value: string; scheme: string }

const fresh: Draft = { procedureId: null, description: '', modality: 'DX', value: '', scheme: '99LOCAL' }
const draftOf = ({ code, ...rest }: Procedure): Draft => ({
  ...rest,
  value: code?.value ?? '',
  scheme: code?.scheme ?? '',
})

async function change(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    await queryClient.invalidateQueries({ queryKey: ['worklist', 'procedures'] })
    return true
  } catch (error) {
    showFailure(error)
    return false
  }
}

/** What the front desk can ask for, with the codes that devices are told. */
export function Examinations() {
  const procedures = useQueryOperation('worklist', 'procedures', {}).data
  const [draft, setDraft] = useState<Draft>()
  if (!procedures) return null
  return (
    <div className={css.catalogue}>
      <ul className={css.list}>
        {procedures.map((each) =>
          draft?.procedureId === each.procedureId ? (
            <Editor key={each.procedureId} draft={draft} onChange={setDraft} />
          ) : (
            <li key={each.procedureId} className={css.row}>
              <button type="button" className={css.name} onClick={() => setDraft(draftOf(each))}>
                {each.description}
              </button>
              <span className={css.quiet}>{each.modality}</span>
              <span className={css.code}>{each.code ? `${each.code.value}, ${each.code.scheme}` : 'no code'}</span>
              <IconButton
                label={`Delete ${each.description}`}
                icon={Trash2}
                size="small"
                onClick={() => void remove(each)}
              />
            </li>
          ),
        )}
        {draft?.procedureId === null && <Editor draft={draft} onChange={setDraft} />}
      </ul>
      {!draft && (
        <Button icon={Plus} onClick={() => setDraft(fresh)}>
          Add examination
        </Button>
      )}
    </div>
  )
}

async function remove({ procedureId, ...rest }: Procedure): Promise<void> {
  if (!(await change(() => client.worklist.deleteProcedure({ procedureId })))) return
  const onAct = () => void change(() => client.worklist.saveProcedure({ ...rest, procedureId: null }))
  showToast({ icon: Trash2, message: `${rest.description} is deleted`, action: { label: 'Undo', onAct, undo: true } })
}

function Editor({ draft, onChange }: { draft: Draft; onChange: (draft: Draft | undefined) => void }) {
  const [problem, setProblem] = useState<{ field: string; message: string }>()
  const set = (patch: Partial<Draft>) => {
    setProblem(undefined)
    onChange({ ...draft, ...patch })
  }
  const problemOf = (field: string) => (problem?.field === field ? problem.message : undefined)
  const save = async () => {
    const { procedureId, description, modality, value, scheme } = draft
    const code = value.trim() === '' ? null : { value, scheme, meaning: description }
    const parsed = procedureShape.omit({ procedureId: true }).safeParse({ description, modality, code })
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const message = issue?.path[0] === 'code' ? 'A code has up to 16 characters, and a scheme.' : issue?.message
      setProblem({ field: String(issue?.path[0]), message: message ?? 'This is not right.' })
      return
    }
    if (await change(() => client.worklist.saveProcedure({ ...parsed.data, procedureId }))) onChange(undefined)
  }
  return (
    <li className={css.editor}>
      <TextField
        autoFocus
        label="Examination"
        value={draft.description}
        error={problemOf('description')}
        onChange={(description) => set({ description })}
      />
      <Select
        label="Kind of device"
        value={draft.modality}
        options={
          modalities.some(({ value }) => value === draft.modality)
            ? modalities
            : [...modalities, { value: draft.modality, label: draft.modality }]
        }
        onChange={(modality) => set({ modality })}
      />
      <TextField
        mono
        label="Code"
        value={draft.value}
        error={problemOf('code')}
        placeholder="none"
        onChange={(value) => set({ value })}
      />
      <TextField mono label="Coding scheme" value={draft.scheme} onChange={(scheme) => set({ scheme })} />
      <div className={css.buttons}>
        <Button onClick={() => void save()}>{draft.procedureId === null ? 'Add' : 'Save'}</Button>
        <Button variant="plain" onClick={() => onChange(undefined)}>
          Discard
        </Button>
      </div>
    </li>
  )
}
