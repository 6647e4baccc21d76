/** From whoever produces by himself to one reader: values in order, then the end or the failure. */
export class Channel<Value> {
  private readonly values: Value[] = []
  private ended = false
  private failure: unknown
  private wakeReader = () => {}
  private wakeWriter = () => {}

  push(value: Value): void {
    this.values.push(value)
    this.wakeReader()
  }

  end(failure?: unknown): void {
    this.ended = true
    this.failure = failure
    this.wakeReader()
  }

  /** Where more than `left` values wait for the reader: resolves when he has taken some. */
  room(left: number): Promise<void> | undefined {
    if (this.values.length <= left || this.ended) return undefined
    return new Promise((resolve) => {
      this.wakeWriter = resolve
    })
  }

  async *read(): AsyncGenerator<Value> {
    for (;;) {
      const taken = this.values.splice(0)
      this.wakeWriter()
      yield* taken
      if (taken.length > 0) continue
      if (this.ended) break
      await new Promise<void>((resolve) => {
        this.wakeReader = resolve
      })
    }
    if (this.failure !== undefined) throw this.failure
  }
}
