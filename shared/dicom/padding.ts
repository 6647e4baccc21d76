/**
 * `text` without the characters of `padding` at its end. A loop, because the regular expression for it tries again at each
 * character of a long run: 60,000 spaces from a peer would hold up everybody for more than a second.
 */
export function withoutTrailing(text: string, padding: string): string {
  let end = text.length
  while (end > 0 && padding.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
