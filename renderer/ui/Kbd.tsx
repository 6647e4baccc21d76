import css from './Kbd.module.css'

/** A key, as it stands on a button that it presses. */
export function Kbd({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className={css.outer}>
      <kbd className={css.kbd}>{children}</kbd>
    </span>
  )
}
