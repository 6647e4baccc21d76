import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule, TestSpecification } from 'vitest/node'
import { z } from 'zod'
import { root } from './step.ts'

const errors = z.array(z.string())
const tested = z.object({
  file: z.string(),
  tests: z.array(z.object({ name: z.string(), state: z.enum(['passed', 'failed', 'skipped', 'pending']), errors })),
  /** Of the file and its groups, outside its tests. */
  errors,
})
const line = z.union([
  z.object({ files: z.array(z.string()) }),
  tested,
  z.object({ unhandled: z.array(z.object({ file: z.string().nullable(), text: z.string() })) }),
])
export type TestedFile = z.infer<typeof tested>

/**
 * Writes down what vitest is going to test, then each file as it ends, then what was thrown outside any test: a line of
 * JSON each. Vitest's own report comes at the end, and never from a run that hangs.
 */
export class TestLog implements Reporter {
  private readonly file: string

  constructor(file: string) {
    this.file = file
    writeFileSync(file, '')
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.write({ files: specifications.map(({ moduleId }) => relative(root, moduleId)) })
  }

  onTestModuleEnd(module: TestModule): void {
    const tests = [...module.children.allTests()].map((one) => ({
      name: one.fullName,
      state: one.result().state,
      errors: (one.result().errors ?? []).map(textOf),
    }))
    const groups = [...module.children.allSuites()].flatMap((suite) => suite.errors())
    this.write({
      file: relative(root, module.moduleId),
      tests,
      errors: [...module.errors(), ...groups].map(textOf),
    })
  }

  onTestRunEnd(_: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const told = unhandled.map((error) => {
      const path: unknown = error.VITEST_TEST_PATH
      return { file: typeof path === 'string' ? relative(root, path) : null, text: textOf(error) }
    })
    this.write({ unhandled: told })
  }

  private write(one: z.input<typeof line>): void {
    appendFileSync(this.file, `${JSON.stringify(one)}\n`)
  }
}

/** What is told of an error: its words, what was expected and came, and where in our own files. */
function textOf(error: SerializedError & { diff?: string }): string {
  const stack = (error.stack ?? '').split('\n').filter((text) => /^ *at /.test(text) && !text.includes('node_modules'))
  return [error.message, error.diff ?? '', ...stack.slice(0, 3)].filter((text) => text !== '').join('\n')
}

export interface ReadTestLog {
  /** Each file that was to be tested; undefined where it did not come to its end. */
  files: Map<string, TestedFile | undefined>
  unhandled: { file: string | null; text: string }[]
  /** Vitest has said all that it has to say. */
  isWhole: boolean
}

export function readTestLog(path: string): ReadTestLog {
  const read: ReadTestLog = { files: new Map(), unhandled: [], isWhole: false }
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  // The last line of a run that was killed may be a part of one.
  for (const row of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (row === '') continue
    const one = line.parse(JSON.parse(row))
    if ('files' in one) for (const file of one.files) read.files.set(file, undefined)
    else if ('unhandled' in one) {
      read.unhandled = one.unhandled
      read.isWhole = true
    } else read.files.set(one.file, one)
  }
  return read
}
