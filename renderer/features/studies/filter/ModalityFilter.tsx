import { ChevronDown } from 'lucide-react'
import { Menu } from '../../../ui/Menu.tsx'
import segments from '../../../ui/SegmentedControl.module.css'
import { useBrowser } from './browserState.ts'
import { firstModalities, moreModalities } from './modalities.ts'

export function ModalityFilter() {
  const modalities = useBrowser((state) => state.criteria.modalities)
  const change = useBrowser((state) => state.change)
  const toggle = (modality: string) =>
    change({
      modalities: modalities.includes(modality)
        ? modalities.filter((each) => each !== modality)
        : [...modalities, modality],
    })
  const others = modalities.filter((each) => !firstModalities.some((own) => own === each))
  return (
    <fieldset className={segments.segments} aria-label="Modality">
      <button
        type="button"
        className={segments.segment}
        aria-pressed={modalities.length === 0}
        onClick={() => change({ modalities: [] })}
      >
        Any
      </button>
      {firstModalities.map((modality) => (
        <button
          type="button"
          key={modality}
          className={segments.segment}
          aria-pressed={modalities.includes(modality)}
          onClick={() => toggle(modality)}
        >
          {modality}
        </button>
      ))}
      <Menu
        align="end"
        minWidth={260}
        items={moreModalities.flatMap(({ heading, modalities: group }) => [
          { heading },
          ...group.map(([modality, meaning]) => ({
            label: modality,
            note: meaning,
            checked: modalities.includes(modality),
            onSelect: () => toggle(modality),
          })),
        ])}
        trigger={
          <button
            type="button"
            className={segments.segment}
            aria-label="More modalities"
            aria-pressed={others.length > 0}
          >
            {others.length > 0 && others.join(', ')}
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
      />
    </fieldset>
  )
}
