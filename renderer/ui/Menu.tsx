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
          onCloseAutoFocus={keepMovedFocus}
          loop
        >
          <MenuItems items={items} primitive={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** A menu fades out before it gives the focus back; whoever has moved on with the keyboard meanwhile stays there. */
function keepMovedFocus(event: Event): void {
  const now = document.activeElement
  if (now && now !== document.body && !now.closest('[role="menu"]')) event.preventDefault()
}
