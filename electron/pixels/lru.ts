/** The entries used last, up to a total cost. */
export class Lru<Key, Value> {
  readonly #entries = new Map<Key, { value: Value; cost: number }>()
  readonly #maximumCost: number
  #cost = 0

  constructor(maximumCost: number) {
    this.#maximumCost = maximumCost
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  set(key: Key, value: Value, cost = 1): void {
    this.delete(key)
    this.#entries.set(key, { value, cost })
    this.#cost += cost
    for (const oldest of this.#entries.keys()) {
      if (this.#cost <= this.#maximumCost) return
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    this.#cost -= this.#entries.get(key)?.cost ?? 0
    this.#entries.delete(key)
  }
}
