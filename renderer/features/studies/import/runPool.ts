/** Works through the list with so many at a time; stops taking new ones when the signal is aborted. */
export async function runPool<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let item = items[next]; item !== undefined && !signal.aborted; item = items[next]) {
      next += 1
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
}
