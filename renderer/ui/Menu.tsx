import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import css from './Menu.module.css'
import { MenuItems } from './MenuItems.tsx'
import type { MenuItem } from './menuItem.ts'
import { usePortalContainer } from './portalContainer.ts'

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  items: readonly MenuItem[]
  align?: 'start' | 'end'
  minWidth?: number
}

export function Menu({ trigger, items, align = 'start', minWidth = 180 }: MenuProps) {
  const container = usePortalContainer()
  return (
    // Not modal: a modal menu locks scrolling with a style tag, which the content security policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          className={css.menu}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          style={{ minWidth }}
          loop
        >
          <MenuItems items={items} primitive={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
