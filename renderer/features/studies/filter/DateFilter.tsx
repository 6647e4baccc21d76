import { useState } from 'react'
import { Popover } from '../../../ui/Popover.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useBrowser } from './browserState.ts'
import { datePresetLabel, datePresets, fromDateInput, toDateInput } from './datePresets.ts'
import css from './FilterBar.module.css'

const options = datePresets.map((value) => ({ value, label: datePresetLabel[value] }))

export function DateFilter() {
  const { datePreset, range } = useBrowser((state) => state.criteria)
  const change = useBrowser((state) => state.change)
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Date range"
      anchor={
        <span className={css.inline}>
          <SegmentedControl
            label="Study date"
            value={datePreset}
            options={options}
            onChange={(value) => change({ datePreset: value })}
            onPress={(value) => setOpen(value === 'range')}
          />
        </span>
      }
    >
      <div className={css.range}>
        <TextField
          type="date"
          label="From"
          value={toDateInput(range.dateFrom)}
          onChange={(value) => change({ range: { ...range, dateFrom: fromDateInput(value) } })}
        />
        <TextField
          type="date"
          label="To"
          value={toDateInput(range.dateTo)}
          onChange={(value) => change({ range: { ...range, dateTo: fromDateInput(value) } })}
        />
      </div>
    </Popover>
  )
}
