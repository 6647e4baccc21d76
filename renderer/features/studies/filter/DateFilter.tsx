import { useState } from 'react'
import { DateField } from '../../../ui/DateField.tsx'
import { Popover } from '../../../ui/Popover.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { useBrowser } from './browserState.ts'
import { datePresetLabel, datePresets, endsBeforeItBegins } from './datePresets.ts'
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
        <DateField
          label="From"
          value={range.dateFrom ?? ''}
          onChange={(date) => date !== undefined && change({ range: { ...range, dateFrom: date || undefined } })}
        />
        <DateField
          label="To"
          value={range.dateTo ?? ''}
          error={endsBeforeItBegins(range) ? 'It ends before it begins.' : undefined}
          onChange={(date) => date !== undefined && change({ range: { ...range, dateTo: date || undefined } })}
        />
      </div>
    </Popover>
  )
}
