import { lookup } from 'node:dns/promises'

const LOOKUP_TIMEOUT_MS = 2000
const FRESH_MS = 5 * 60_000
const HELD_MAX = 1000

interface Known {
  addresses: string[]
  until: number
}

/** The last good answer for each name, and the lookup under way. */
const answers = new Map<string, Known>()
const asked = new Map<string, Promise<string[] | undefined>>()

/**
 * The addresses of a configured host name; undefined when nobody could tell in time. Each name is asked once at a time
 * and remembered: lookups take threads of the whole process, and a flood of associations must not hold them all. An
 * older answer serves when the name service fails.
 */
export async function hostAddresses(host: string): Promise<string[] | undefined> {
  const known = answers.get(host)
  if (known && known.until > Date.now()) return known.addresses
  let lookupOfHost = asked.get(host)
  if (!lookupOfHost) {
    lookupOfHost = ask(host).finally(() => asked.delete(host))
    asked.set(host, lookupOfHost)
  }
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LOOKUP_TIMEOUT_MS, undefined)
  })
  const found = await Promise.race([lookupOfHost, timeout])
  clearTimeout(timer)
  return found ?? known?.addresses
}

async function ask(host: string): Promise<string[] | undefined> {
  try {
    const addresses = (await lookup(host, { all: true })).map((entry) => entry.address)
    if (answers.size >= HELD_MAX) answers.clear()
    answers.set(host, { addresses, until: Date.now() + FRESH_MS })
    return addresses
  } catch {
    return undefined
  }
}
