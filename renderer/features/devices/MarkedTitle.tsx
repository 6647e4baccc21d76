import css from './Knocks.module.css'

/** An AE title with the characters underlined that make the difference. */
export function MarkedTitle({ text, at }: { text: string; at: readonly number[] }) {
  return (
    <span className="mono">
      {[...text].map((char, index) =>
        at.includes(index) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places of a text do not move
          <mark key={index} className={css.mark}>
            {char}
          </mark>
        ) : (
          char
        ),
      )}
    </span>
  )
}
