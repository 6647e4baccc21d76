import { Check } from 'lucide-react'
import type { ContextMenu, DropdownMenu } from 'radix-ui'
import css from './Menu.module.css'
import type { MenuItem } from './menuItem.ts'

type Primitive = typeof DropdownMenu | typeof ContextMenu

/** The same entries, for a menu under a button and for one at the pointer. */
export function MenuItems({ items, primitive: P }: { items: readonly MenuItem[]; primitive: Primitive }) {
  return items.map((item, index) => {
    if (item === 'separator') {
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity
      return <P.Separator key={`separator-${index}`} className={css.separator} />
    }
    if ('heading' in item) {
      return (
        <P.Label key={item.heading} className={css.heading}>
          {item.heading}
        </P.Label>
      )
    }
    const { label, icon: Icon, note, danger, checked, disabled = false, onSelect } = item
    const content = (
      <>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
        <span className={css.text}>{label}</span>
        {note && <span className={css.note}>{note}</span>}
      </>
    )
    const tone = danger ? 'danger' : undefined
    if (checked === undefined) {
      return (
        <P.Item key={label} className={css.item} disabled={disabled} data-tone={tone} onSelect={onSelect}>
          {content}
        </P.Item>
      )
    }
    return (
      <P.CheckboxItem
        key={label}
        className={css.item}
        checked={checked}
        disabled={disabled}
        onSelect={(event) => {
          event.preventDefault()
          onSelect()
        }}
      >
        <span className={css.check}>
          <P.ItemIndicator>
            <Check size={14} strokeWidth={2} aria-hidden="true" />
          </P.ItemIndicator>
        </span>
        {content}
      </P.CheckboxItem>
    )
  })
}
