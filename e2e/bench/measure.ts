/** Median and spread of the runs of one contestant; a run that failed makes the whole of it fail. */
export interface Measured {
  median: number | null
  /** Least and greatest. */
  spread: [number, number] | null
  failure?: string
}

export function summary(values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return { median: null, spread: null, failure: 'never measured' }
  const middle = sorted.length / 2
  const [low = first, high = first] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return { median: (low + high) / 2, spread: [first, last] }
}

/**
 * Everybody runs once, then everybody again, each time another one first: what else the machine does, and what the run
 * before left in its caches, hits all alike.
 */
export async function interleave<Name extends string>(
  runs: number,
  contestants: Record<Name, (run: number) => Promise<number>>,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(contestants) as Name[]
  const values = new Map<Name, number[]>(names.map((name) => [name, []]))
  const failures = new Map<Name, string>()
  for (let run = 0; run < runs; run += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(run + turn) % names.length]
      if (name === undefined || failures.has(name)) continue
      try {
        values.get(name)?.push(await contestants[name](run))
      } catch (error) {
        failures.set(name, `${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  const measured = names.map((name): [Name, Measured] => {
    const failure = failures.get(name)
    return [name, failure === undefined ? summary(values.get(name) ?? []) : { median: null, spread: null, failure }]
  })
  return Object.fromEntries(measured) as Record<Name, Measured>
}

/** How long it takes, in seconds. */
export async function seconds(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return (performance.now() - startedAt) / 1000
}
