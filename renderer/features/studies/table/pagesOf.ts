/** The pages that hold these rows, page 0 always first: it says how long the list is. The next page is asked for before it is reached. */
export function pagesOf(first: number, last: number, pageRows: number): number[] {
  const from = Math.max(0, Math.floor((first - pageRows / 4) / pageRows))
  const to = Math.max(from, Math.floor((last + pageRows / 4) / pageRows))
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return from === 0 ? pages : [0, ...pages]
}
