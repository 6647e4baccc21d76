import { useRef, useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { Order } from '#shared/contract/order.ts'
import { client } from '../../api/client.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { contentOf, type Draft, draftOf, emptyDraft, type Problems } from './draft.ts'
import { ExaminationFields } from './ExaminationFields.tsx'
import { PatientFields } from './PatientFields.tsx'
import { PatientSearch } from './PatientSearch.tsx'
import css from './RequestDialog.module.css'

interface RequestDialogProps {
  /** The one that is edited; a new one where there is none. */
  order?: Order | undefined
  /** What was typed before, brought back. */
  draft?: Draft | undefined
  date: string
  /** `discarded`: what was typed and is not kept. */
  onClose: (discarded?: Draft) => void
}

/** By keyboard: type the patient, Enter, Tab to the examination, Enter, Ctrl Enter. */
export function RequestDialog({ order, draft: before, date, onClose }: RequestDialogProps) {
  const [draft, setDraft] = useState<Draft>(() => before ?? (order ? draftOf(order) : emptyDraft(date)))
  const [isChosen, setIsChosen] = useState(order !== undefined || before !== undefined)
  const [isTouched, setIsTouched] = useState(before !== undefined)
  const examination = useRef<HTMLInputElement>(null)
  const [problems, setProblems] = useState<Problems>({})
  const [saving, setSaving] = useState(false)
  const [overwrites, setOverwrites] = useState(false)
  const procedures = useQueryOperation('worklist', 'procedures', {}).data ?? []
  const devices = useQueryOperation('worklist', 'devices', {}).data ?? []
  const change = (patch: Partial<Draft>) => {
    setIsTouched(true)
    setDraft((old) => ({ ...old, ...patch }))
    setProblems((old) => Object.fromEntries(Object.entries(old).filter(([key]) => !(key in patch))))
  }
  const save = async () => {
    const { content, problems: found } = contentOf(draft)
    setProblems(found)
    if (!content) {
      if (!isChosen) setIsChosen(true)
      return
    }
    setSaving(true)
    try {
      if (order)
        await client.worklist.update({ orderId: order.orderId, content, ...(overwrites ? {} : { was: order }) })
      else await client.worklist.create(content)
      onClose()
    } catch (error) {
      if (error instanceof ApiError && error.field === 'was') setOverwrites(true)
      showFailure(error)
      setSaving(false)
    }
  }
  useShortcuts('Request', [{ keys: 'Ctrl Enter', label: 'Save the request', run: () => void save() }], {
    inDialog: true,
  })
  const close = () => onClose(isTouched ? draft : undefined)
  const title = order ? 'Edit request' : 'New request'
  return (
    <Dialog
      title={title}
      subtitle={order ? `Accession ${order.accessionNumber}` : undefined}
      width={760}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{order ? 'Discard changes' : 'Discard'}</Button>
          <Button variant="primary" keyHint="Ctrl Enter" disabled={saving} onClick={() => void save()}>
            {order ? 'Save request' : 'Create request'}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {isChosen ? (
          <PatientFields
            draft={draft}
            problems={problems}
            isNew={order === undefined}
            onChange={change}
            onSearch={() => setIsChosen(false)}
          />
        ) : (
          <PatientSearch
            onChoose={(patch) => {
              change(patch)
              setIsChosen(true)
              // Of a known patient nothing is left to say.
              if (patch.patientId) examination.current?.focus()
            }}
          />
        )}
        <ExaminationFields
          examination={examination}
          draft={draft}
          problems={problems}
          procedures={procedures}
          devices={devices}
          onChange={change}
        />
      </div>
    </Dialog>
  )
}
