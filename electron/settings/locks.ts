/** What the site profile allows nobody to change here; undefined while nothing is locked. */
export interface Locks<Held> {
  current(): Held | undefined
  onChange(listener: () => void): () => void
}
