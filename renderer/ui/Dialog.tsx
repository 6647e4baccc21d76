import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import css from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { PortalContainer } from './portalContainer.ts'

export interface DialogProps {
  title: string
  /** Stands beside the title, quieter. */
  subtitle?: ReactNode
  onClose: () => void
  children: ReactNode
  /** Buttons, the safe one focused: `autoFocus`, or `data-focus-first` where the body has something to focus, too. */
  footer?: ReactNode
  width?: number
}

const FOCUSABLE = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled)'

/**
 * Modal while it is mounted: render it where it is wanted, unmount it to close. The browser's own dialog element keeps the
 * focus inside, makes the rest inert and needs no style tag, which the content security policy forbids.
 */
export function Dialog({ title, subtitle, onClose, children, footer, width = 520 }: DialogProps) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [container, setContainer] = useState<HTMLElement | null>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    // React's autoFocus has focused by now; showModal would move the focus to the first button.
    const wanted = element.contains(document.activeElement) ? document.activeElement : undefined
    if (!element.open) element.showModal()
    setContainer(element)
    const safe = element.querySelector('[data-focus-first]')
    const first =
      wanted ?? safe ?? element.querySelector(`.${css.body} :is(${FOCUSABLE}), .${css.footer} :is(${FOCUSABLE})`)
    if (first instanceof HTMLElement) first.focus()
    else element.focus()
    return () => element.close()
  }, [])
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    // Before anything else hears it: an open tooltip would take the first Esc for itself. Menus and lists keep theirs.
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || dialog.current?.querySelector('[role="menu"], [role="listbox"], select:open'))
        return
      event.preventDefault()
      event.stopPropagation()
      close.current()
    }
    window.addEventListener('keydown', onEscape, { capture: true })
    return () => window.removeEventListener('keydown', onEscape, { capture: true })
  }, [])
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={css.dialog}
      style={{ width }}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <PortalContainer value={container}>
        <header className={css.header}>
          <h2 id={titleId} className={`${css.title} ellipsis`} title={title}>
            {title}
          </h2>
          {subtitle && <span className={css.subtitle}>{subtitle}</span>}
          <span className={css.space} />
          <IconButton label="Close" icon={X} keyHint="Esc" onClick={onClose} />
        </header>
        <div className={css.body}>{children}</div>
        {footer && <footer className={css.footer}>{footer}</footer>}
      </PortalContainer>
    </dialog>
  )
}
