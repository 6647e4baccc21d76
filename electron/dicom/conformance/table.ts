/** A table of Markdown; a bar in a cell would end the cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Chapters and paragraphs, with the empty line between them that Markdown wants. */
export function text(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
