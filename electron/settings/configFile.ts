import { copyFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { z } from 'zod'
import { writeDurably } from './writeDurably.ts'

export interface ConfigFile<Value> {
  /** Undefined when there is none yet, or when it was broken and set aside. */
  value: Value | undefined
  /** One line for the person who started the program, where the file was not usable. */
  notice: string | undefined
  write(value: Value): void
}

/**
 * A JSON file with a schema. A file that cannot be understood is never lost: it is kept beside itself, so that a person can look
 * at it, and the program says so.
 */
export function openConfigFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  /** What can be kept of a file that the schema does not take, and a sentence of what was lost. */
  salvage?: (json: unknown) => { value: z.input<Schema>; lost: string } | undefined,
): ConfigFile<z.output<Schema>> {
  mkdirSync(dirname(file), { recursive: true })
  const write = (value: z.output<Schema>) => writeDurably(file, `${JSON.stringify(value, undefined, 2)}\n`)
  const text = readIfPresent(file)
  if (text === undefined) return { value: undefined, notice: undefined, write }
  const problem = (why: string) => {
    const aside = setAside(file)
    return `${basename(file)} is not usable (${why}). It is kept as ${aside}; the program goes on with defaults.`
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { value: undefined, notice: problem('it is not JSON'), write }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { value: parsed.data, notice: undefined, write }
  const saved = salvage?.(json)
  const repaired = saved && schema.safeParse(saved.value)
  if (saved && repaired?.success) {
    const aside = asideOf(file)
    copyFileSync(file, join(dirname(file), aside))
    write(repaired.data)
    return {
      value: repaired.data,
      notice: `${basename(file)}: ${saved.lost} The file as it was is kept as ${aside}.`,
      write,
    }
  }
  const [issue] = parsed.error.issues
  const where = issue?.path.map(String).join('.') || 'its form'
  return { value: undefined, notice: problem(`${where}: ${issue?.message ?? 'not valid'}`), write }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function asideOf(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  return `${basename(file, '.json')}.broken-${stamp}.json`
}

function setAside(file: string): string {
  const aside = asideOf(file)
  renameSync(file, join(dirname(file), aside))
  return aside
}
