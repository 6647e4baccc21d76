import { ArrowDown, ArrowUp, Pencil, X } from 'lucide-react'
import type { HangingProtocol } from '#shared/imaging/hangingProtocol.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import css from './Hanging.module.css'
import { matchText } from './matchText.ts'
import { keepProtocols, removeProtocol } from './protocols.ts'

interface HangingRowProps {
  protocol: HangingProtocol
  at: number
  all: readonly HangingProtocol[]
  onEdit(): void
}

export function HangingRow({ protocol, at, all, onEdit }: HangingRowProps) {
  const { name, enabled, layout, match } = protocol
  const keep = (next: readonly HangingProtocol[]) => void keepProtocols(next).catch(showFailure)
  const move = (by: 1 | -1) => keep(all.toSpliced(at, 1).toSpliced(at + by, 0, protocol))
  return (
    <li className={css.row} data-enabled={enabled}>
      <Checkbox
        label={`Use ${name}`}
        hideLabel
        checked={enabled}
        onChange={(next) => keep(all.with(at, { ...protocol, enabled: next }))}
      />
      <span className={css.what}>
        <span>{name}</span>
        <small>
          {matchText(match)} · {layout.rows} × {layout.columns}
        </small>
      </span>
      <IconButton label={`Move ${name} up`} icon={ArrowUp} size="small" disabled={at === 0} onClick={() => move(-1)} />
      <IconButton
        label={`Move ${name} down`}
        icon={ArrowDown}
        size="small"
        disabled={at === all.length - 1}
        onClick={() => move(1)}
      />
      <IconButton label={`Edit ${name}`} icon={Pencil} size="small" onClick={onEdit} />
      <IconButton
        label={`Delete ${name}`}
        icon={X}
        size="small"
        onClick={() => void removeProtocol(protocol).catch(showFailure)}
      />
    </li>
  )
}
