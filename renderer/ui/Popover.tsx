import { Popover as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import css from './Popover.module.css'
import { usePortalContainer } from './portalContainer.ts'

export interface PopoverProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What it hangs under. */
  anchor: ReactElement
  label: string
  children: ReactNode
}

/** A small form that floats under its anchor. */
export function Popover({ open, onOpenChange, anchor, label, children }: PopoverProps) {
  const container = usePortalContainer()
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Anchor asChild>{anchor}</Primitive.Anchor>
      <Primitive.Portal container={container}>
        <Primitive.Content className={css.popover} align="start" sideOffset={6} collisionPadding={8} aria-label={label}>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
