import { useState } from 'react'
import { type HeartScoreRange, heartScoreRange } from '#shared/imaging/animalRanges.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from '../hanging/Hanging.module.css'

interface HeartScoreRangeDialogProps {
  range: HeartScoreRange
  onSave(range: HeartScoreRange): void
  onClose(): void
}

const numberOf = (typed: string) => (typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.')))

export function HeartScoreRangeDialog({ range, onSave, onClose }: HeartScoreRangeDialogProps) {
  const [draft, setDraft] = useState({ ...range, mean: String(range.mean), deviation: String(range.deviation) })
  const parsed = heartScoreRange.safeParse({
    ...draft,
    ...{ mean: numberOf(draft.mean), deviation: numberOf(draft.deviation) },
  })
  const problem = (field: string) => {
    const wrong = !parsed.success && parsed.error.issues.find(({ path }) => path[0] === field)
    if (!wrong) return undefined
    return /NaN|expected number/i.test(wrong.message) ? 'A number, such as 9.7.' : wrong.message
  }
  const field = (key: 'species' | 'breed' | 'mean' | 'deviation' | 'source') => ({
    value: draft[key],
    error: problem(key),
    onChange: (value: string) => setDraft({ ...draft, [key]: value }),
  })
  return (
    <Dialog
      title="Range of the vertebral heart score"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!parsed.success} onClick={() => parsed.success && onSave(parsed.data)}>
            Save
          </Button>
        </>
      }
    >
      <div className={css.fields}>
        <TextField label="Species" {...field('species')} help="dog, cat, or as files write it" />
        <TextField
          label="Breed"
          {...field('breed')}
          placeholder="all"
          help="A word of the breed; commas part alternatives."
        />
        <TextField label="Mean" {...field('mean')} inputMode="decimal" trailing="v" />
        <TextField label="Standard deviation" {...field('deviation')} inputMode="decimal" trailing="v" />
        <TextField label="Source" {...field('source')} placeholder="Author and year" />
      </div>
    </Dialog>
  )
}
