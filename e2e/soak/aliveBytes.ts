import { z } from 'zod'
import type { DevTools } from './devTools.ts'

const collected = z.object({ value: z.array(z.unknown()) })
const dump = z.object({
  ph: z.literal('v'),
  pid: z.number(),
  args: z.object({
    dumps: z.object({
      allocators: z.record(
        z.string(),
        z.object({ attrs: z.object({ size: z.object({ value: z.string() }).optional() }).optional() }),
      ),
    }),
  }),
})

/** What is in use of what each allocator of a page's process holds; V8 tells of itself. */
const IN_USE = ['malloc/allocated_objects', 'partition_alloc/allocated_objects', 'blink_gc/main/allocated_objects']

/**
 * Objects that are alive in a process of Chromium, beside those of V8. An allocator keeps pages that one object of many
 * still lies on: how many depends on the order of things, and they are used again.
 */
export async function aliveBytes(browser: DevTools, pid: number): Promise<number> {
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
  await browser.send('Tracing.requestMemoryDump', { levelOfDetail: 'detailed' })
  await browser.send('Tracing.end')
  await promise
  const allocators = Object.assign({}, ...found.map(({ args }) => args.dumps.allocators)) as z.infer<
    typeof dump
  >['args']['dumps']['allocators']
  const bytes = IN_USE.map((name) => Number.parseInt(allocators[name]?.attrs?.size?.value ?? '', 16))
  if (bytes.some(Number.isNaN)) throw new Error('Chromium does not say what its allocators hold.')
  return bytes.reduce((sum, each) => sum + each, 0)
}
