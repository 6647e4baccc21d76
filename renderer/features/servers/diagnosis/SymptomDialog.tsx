import { FileDown, Stethoscope } from 'lucide-react'
import { useState } from 'react'
import type { Symptom } from '#shared/contract/diagnosis.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import { callQuery, useQueryOperation } from '../../../api/useQueryOperation.ts'
import { saveText } from '../../../app/saveText.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FindingList } from './FindingList.tsx'
import css from './SymptomDialog.module.css'
import { symptoms } from './symptoms.ts'

interface SymptomDialogProps {
  servers: readonly ServerRow[]
  selectedId: number | undefined
  onTest(serverId: number): void
  onClose(): void
}

/** R110, R111: from what a person sees to what this program knows about it. */
export function SymptomDialog({ servers, selectedId, onTest, onClose }: SymptomDialogProps) {
  const [symptom, setSymptom] = useState<Symptom>('not-appearing')
  const [aeTitle, setAETitle] = useState('')
  const [serverId, setServerId] = useState<number | null>(selectedId ?? servers[0]?.serverId ?? null)
  const of = symptoms.find(({ value }) => value === symptom)?.of ?? 'both'
  const asked = { symptom, aeTitle: aeTitle.trim().slice(0, AE_TITLE_MAX), serverId: of === 'device' ? null : serverId }
  const found = useQueryOperation('diagnosis', 'evidence', asked, { keepPrevious: true })
  return (
    <Dialog
      title="Find a cause"
      subtitle="What this workstation knows about it"
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button icon={FileDown} onClick={() => void saveBundle()}>
            Save support bundle
          </Button>
          <span className={css.grow} />
          {of !== 'device' && serverId !== null && (
            <Button icon={Stethoscope} onClick={() => onTest(serverId)}>
              Test this server
            </Button>
          )}
          <Button onClick={() => void found.refetch()}>Look again</Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={css.columns}>
        <div className={css.question}>
          <RadioGroup label="What is seen" value={symptom} options={symptoms} onChange={setSymptom} />
          {of !== 'device' && servers.length > 0 && (
            <Select
              label="Server"
              value={String(serverId)}
              options={servers.map((row) => ({ value: String(row.serverId), label: row.name }))}
              onChange={(value) => setServerId(Number(value))}
            />
          )}
          {of !== 'server' && (
            <TextField
              label="AE title of the device"
              mono
              value={aeTitle}
              onChange={setAETitle}
              help="Empty: any device."
            />
          )}
        </div>
        <FindingList findings={found.data} problem={found.error?.message} onGo={onClose} />
      </div>
    </Dialog>
  )
}

async function saveBundle(): Promise<void> {
  try {
    const { text } = await callQuery('diagnosis', 'supportBundle', {})
    saveText(`negatoscope-support-${new Date().toISOString().slice(0, 10)}.txt`, text)
  } catch (error) {
    showFailure(error)
  }
}
