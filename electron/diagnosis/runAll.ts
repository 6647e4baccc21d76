import type { DiagnosisOptions, DiagnosisRun } from '#shared/contract/diagnosis.ts'
import type { ServerFields, ServerRow } from '#shared/contract/servers.ts'
import type { Diagnosed } from './diagnose.ts'

export interface AllRuns {
  total: number
  done: number
  rows: { serverId: number; name: string; verdict: DiagnosisRun['verdict']; sentence: string }[]
}

interface RunAllParts {
  servers: { rows(): ServerRow[] }
  begin(
    serverId: number,
    server: ServerFields,
    options: DiagnosisOptions,
    signal: AbortSignal,
  ): AsyncIterable<Diagnosed>
  keep(serverId: number, tested: ServerFields, step: Diagnosed): void
}

/** Most of a test is waiting; more at once would look like a scan to a firewall. */
const AT_ONCE = 6

/** Every server of the list; yields after each that is done. Only what is new stands in `rows`. */
export async function* runAll(
  { servers, begin, keep }: RunAllParts,
  { rehearseRetrieve }: Pick<DiagnosisOptions, 'rehearseRetrieve'>,
  signal: AbortSignal,
): AsyncGenerator<AllRuns> {
  // Nothing is left at every server of a list.
  const options = { testImage: false, rehearseRetrieve, internet: false }
  const waiting = servers.rows().slice()
  const total = waiting.length
  const left = new AbortController()
  const stop = AbortSignal.any([signal, left.signal])
  let done = 0
  let fresh: AllRuns['rows'] = []
  let wake = () => {}
  const worker = async () => {
    for (let row = waiting.shift(); row && !stop.aborted; row = waiting.shift()) {
      let last: Diagnosed | undefined
      for await (const step of begin(row.serverId, row, options, stop)) last = step
      if (!last?.outcome) continue
      keep(row.serverId, row, last)
      const { verdict, sentence } = last.run
      fresh.push({ serverId: row.serverId, name: row.name, verdict, sentence })
      done += 1
      wake()
    }
  }
  const all = Promise.all(Array.from({ length: AT_ONCE }, worker)).then(() => wake())
  try {
    yield { total, done: 0, rows: [] }
    while (done < total && !stop.aborted) {
      if (fresh.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      const rows = fresh
      fresh = []
      if (rows.length > 0) yield { total, done, rows }
    }
    if (!stop.aborted) await all
  } finally {
    left.abort()
  }
}
