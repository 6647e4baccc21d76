import type { LucideIcon } from 'lucide-react'

interface MenuAction {
  label: string
  onSelect: () => void
  icon?: LucideIcon | undefined
  /** At the right, quieter: a count, a state, a key. */
  note?: string | undefined
  disabled?: boolean | undefined
  danger?: boolean | undefined
  /** Makes it a check item; the menu stays open. */
  checked?: boolean | undefined
}

export type MenuItem = MenuAction | { heading: string } | 'separator'
