import { z } from 'zod'
import type { DevTools } from './devTools.ts'

const collected = z.object({ value: z.array(z.unknown()) })
const dump = z.object({
  ph: z.literal('v'),
  pid: z.number(),
  args: z.object({
    dumps: z.object({
      process_totals: z.object({ private_footprint_bytes: z.string().optional() }).optional(),
      allocators: z
        .record(
          z.string(),
          z.object({ attrs: z.object({ size: z.object({ value: z.string() }).optional() }).optional() }),
        )
        .optional(),
    }),
  }),
})

/** What is in use of what each allocator of a page's process holds; V8 tells of itself. */
const IN_USE = ['malloc/allocated_objects', 'partition_alloc/allocated_objects', 'blink_gc/main/allocated_objects']

export interface MemoryDump {
  /** Objects that are alive in the process, beside those of V8. */
  aliveBytes: number
  /** What Chromium calls the private footprint: neither shared nor backed by a file, swapped out or not. */
  footprintBytes: number
  /** What each allocator says it holds, by its path. */
  allocators: ReadonlyMap<string, number>
}

/**
 * A process of Chromium, as its own memory-infra tells. An allocator keeps pages that one object of many still lies on:
 * how many depends on the order of things, and they are used again; so what is alive is told apart from what is held.
 */
export async function memoryDump(browser: DevTools, pid: number): Promise<MemoryDump> {
  const found: z.infer<typeof dump>[] = []
  browser.on('Tracing.dataCollected', (params) => {
    for (const event of collected.parse(params).value) {
      const parsed = dump.safeParse(event)
      if (parsed.success && parsed.data.pid === pid) found.push(parsed.data)
    }
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  browser.on('Tracing.tracingComplete', () => resolve())
  const includedCategories = ['disabled-by-default-memory-infra']
  await browser.send('Tracing.start', {
    traceConfig: { includedCategories, excludedCategories: ['*'], memoryDumpConfig: { triggers: [] } },
  })
  await browser.send('Tracing.requestMemoryDump', { deterministic: true, levelOfDetail: 'detailed' })
  await browser.send('Tracing.end')
  await promise
  const dumps = found.map(({ args }) => args.dumps)
  const allocators = new Map<string, number>()
  for (const { allocators: told } of dumps) {
    for (const [name, { attrs }] of Object.entries(told ?? {})) {
      const bytes = Number.parseInt(attrs?.size?.value ?? '', 16)
      if (!Number.isNaN(bytes)) allocators.set(name, bytes)
    }
  }
  const footprint = dumps.flatMap(({ process_totals }) => process_totals?.private_footprint_bytes ?? [])[0] ?? ''
  const bytes = [...IN_USE.map((name) => allocators.get(name) ?? Number.NaN), Number.parseInt(footprint, 16)]
  if (bytes.some(Number.isNaN)) throw new Error('Chromium does not say what its allocators hold.')
  const footprintBytes = bytes.pop() ?? 0
  return { aliveBytes: bytes.reduce((sum, each) => sum + each, 0), footprintBytes, allocators }
}

/** Whose holdings grew most between two dumps; of nested names the whole ones come with their parts. */
export function growthBetween(before: MemoryDump, after: MemoryDump, atLeastBytes: number): [string, number][] {
  const names = new Set([...before.allocators.keys(), ...after.allocators.keys()])
  return [...names]
    .map((name): [string, number] => [name, (after.allocators.get(name) ?? 0) - (before.allocators.get(name) ?? 0)])
    .filter(([, bytes]) => Math.abs(bytes) >= atLeastBytes)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
}
