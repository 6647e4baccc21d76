/** Tells listeners that something changed; what it is they read where it lives. */
export class Changes {
  private readonly listeners = new Set<() => void>()

  tell(): void {
    for (const listener of [...this.listeners]) listener()
  }

  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
}
