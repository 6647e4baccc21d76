import { Tooltip as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import { usePortalContainer } from './portalContainer.ts'
import css from './Tooltip.module.css'

interface TooltipProps {
  text: ReactNode
  keyHint?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes a ref. */
  children: ReactElement
}

export function Tooltip({ text, keyHint, side = 'bottom', children }: TooltipProps) {
  const container = usePortalContainer()
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content className={css.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {keyHint && <Kbd>{keyHint}</Kbd>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
