import { z } from 'zod'
import { fieldWords, valueWords } from '#electron/siteProfile/words.ts'
import { acceptShape } from '#shared/contract/callerChecks.ts'
import { type Settings, settingsShape } from '#shared/contract/settings.ts'

/**
 * In place of a value that cannot be read, where the usual one could let in more callers than before, or give away more:
 * nobody knows how tight it was. What is in the trash is kept for as long as can be.
 */
const CLOSED: Partial<Settings> = {
  bindAddress: '127.0.0.1',
  plainListener: false,
  tlsClientCertificates: 'require',
  answerStorage: false,
  answerStorageCommitment: false,
  unknownClasses: 'refuse',
  dicomwebTls: true,
  notificationTls: true,
  trashDays: 3650,
}

/** By these a person let the workstation listen: without one of them somebody has to say so again. */
const CONFIRMED_BY: readonly string[] = ['aeTitle', 'dicomPort', 'confirmed']

const form = z.object({ confirmed: z.unknown(), settings: z.record(z.string(), z.unknown()) })

interface Salvaged {
  value: { confirmed: boolean; settings: Partial<Settings> & { accept?: 'any' | 'known' } }
  /** Sentences: which values were not usable, and what they are now. */
  lost: string
}

/** The values of a file that are right by themselves; undefined where it is no file of settings at all. */
export function salvageSettings(json: unknown, usual: Settings): Salvaged | undefined {
  const read = form.safeParse(json)
  if (!read.success) return undefined
  const bad = new Map<string, unknown>()
  const settings: Record<string, unknown> = {}
  for (const [key, shape] of Object.entries({ ...settingsShape.shape, accept: acceptShape })) {
    const value = read.data.settings[key]
    if (value === undefined) continue
    const parsed = shape.safeParse(value)
    // Of `accept` there are only the two old ways: the tighter one, which is what the checks are without it.
    if (!parsed.success) bad.set(key, (CLOSED as Record<string, unknown>)[key] ?? usual[key as keyof Settings])
    settings[key] = parsed.success ? parsed.data : bad.get(key)
  }
  const { confirmed } = read.data
  if (typeof confirmed !== 'boolean') bad.set('confirmed', false)
  if (bad.size === 0) return undefined
  const isConfirmed = confirmed === true && !CONFIRMED_BY.some((key) => bad.has(key))
  return {
    value: { confirmed: isConfirmed, settings: settings as Salvaged['value']['settings'] },
    lost: sentencesOf(bad, confirmed === true && !isConfirmed),
  }
}

function sentencesOf(bad: ReadonlyMap<string, unknown>, asksAgain: boolean): string {
  const now = [...bad].filter(([key]) => key !== 'confirmed')
  const words = now.map(([key, value]) =>
    key === 'accept' ? 'Who may connect: who is known' : `${fieldWords('setting', key)}: ${valueWords(key, value)}`,
  )
  const count = bad.size === 1 ? 'One setting was' : `${bad.size} settings were`
  const are = words.length === 0 ? '' : ` Now in place: ${words.join('; ')}.`
  const listens = asksAgain ? ' Nothing listens until a person confirms name and port.' : ''
  return `${count} not readable.${are} The others are as they were.${listens}`
}
