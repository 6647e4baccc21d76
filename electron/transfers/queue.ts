/** Runs jobs of one key one after the other, those of different keys side by side. */
export class Queue<Key> {
  private readonly tails = new Map<Key, Promise<void>>()

  /** `job` must not reject: how it ended is its own to record. */
  add(key: Key, job: () => Promise<void>): Promise<void> {
    const before = this.tails.get(key) ?? Promise.resolve()
    const run = before.then(job)
    const tail = run.catch(() => {})
    this.tails.set(key, tail)
    void tail.then(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key)
    })
    return run
  }
}
