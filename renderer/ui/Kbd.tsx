import css from './Kbd.module.css'

/** A key, as it stands on a button that it presses. Drawn by CSS: it is no part of what the button is called. */
export function Kbd({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className={css.outer}>
      <kbd className={css.kbd} data-keys={children} />
    </span>
  )
}
