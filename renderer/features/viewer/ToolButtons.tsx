import { ChevronDown, PencilRuler } from 'lucide-react'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { setTool, useSession } from '../../viewer/session.ts'
import { useKeyOf } from './habits/keyOf.ts'
import { furtherTools, measuringTools, movingTools, type ToolEntry, toolHint } from './toolEntries.ts'
import css from './ViewerBar.module.css'

export function MovingTools() {
  return movingTools.map((entry) => <ToolButton key={entry.tool} {...entry} />)
}

/** The usual measurements, and all others behind an arrow; where there is no room all are behind it. */
export function MeasuringTools({ folded }: { folded: boolean }) {
  const tool = useSession((state) => state.tool)
  const keyOf = useKeyOf()
  const behind = folded ? [...measuringTools, ...furtherTools] : furtherTools
  const chosen = behind.find((entry) => entry.tool === tool)
  const Icon = chosen?.icon ?? PencilRuler
  return (
    <>
      {!folded && measuringTools.map((entry) => <ToolButton key={entry.tool} {...entry} />)}
      <Menu
        minWidth={220}
        trigger={
          <button
            type="button"
            className={css.drop}
            aria-label={chosen ? `More tools, ${chosen.label}` : 'More tools'}
            data-chosen={chosen !== undefined}
          >
            <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
        items={behind.map(({ tool, label, icon, keyHint }) => ({
          label,
          icon,
          note: keyOf(tool, keyHint),
          onSelect: () => setTool(tool),
        }))}
      />
    </>
  )
}

/** Stands in the panel, where it is whole on any screen; in the bar while the panel is hidden. */
export function ToolHint({ className }: { className: string | undefined }) {
  const hint = useSession((state) => toolHint(state.tool))
  return hint === '' ? null : (
    <span className={className} role="status" title={hint}>
      {hint}
    </span>
  )
}

function ToolButton({ tool, label, icon, keyHint }: ToolEntry) {
  const keyOf = useKeyOf()
  const chosen = useSession((state) => state.tool === tool)
  return (
    <IconButton
      label={label}
      keyHint={keyOf(tool, keyHint)}
      icon={icon}
      size="large"
      pressed={chosen}
      onClick={() => setTool(tool)}
    />
  )
}
