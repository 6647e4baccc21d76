import { ContextMenu as Primitive } from 'radix-ui'
import type { ReactElement } from 'react'
import css from './Menu.module.css'
import { MenuItems } from './MenuItems.tsx'
import type { MenuItem } from './menuItem.ts'
import { usePortalContainer } from './portalContainer.ts'

export interface ContextMenuProps {
  /** What is right-clicked: one element that takes a ref. */
  children: ReactElement
  items: readonly MenuItem[]
  onOpenChange?: ((open: boolean) => void) | undefined
}

export function ContextMenu({ children, items, onOpenChange }: ContextMenuProps) {
  const container = usePortalContainer()
  return (
    <Primitive.Root modal={false} onOpenChange={(open) => onOpenChange?.(open)}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content className={css.menu} collisionPadding={8} loop>
          <MenuItems items={items} primitive={Primitive} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
