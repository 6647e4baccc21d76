import type { Reach } from '#shared/contract/devices.ts'

export interface ReachVerdict {
  tone: 'ok' | 'warn' | 'bad'
  title: string
  words: string
}

const DAY_MS = 24 * 60 * 60 * 1000
const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** Who came from outside proves more than any rule; without that, what listens and what the firewall says. */
export function reachVerdict(reach: Reach): ReachVerdict {
  const ports = portWords(reach)
  if (ports === '')
    return {
      tone: 'bad',
      title: 'Nothing listens.',
      words: 'No device can reach us: confirm AE title and port in Settings.',
    }
  const open = reach.addresses.filter(({ listens }) => listens).map(({ address }) => address)
  const { firewall, lastFromOutside: last } = reach
  if (reach.addresses.length === 0)
    return {
      tone: 'bad',
      title: 'This computer is in no network.',
      words: 'It has no address that a device could call.',
    }
  if (open.length === 0)
    return {
      tone: 'bad',
      title: `${ports} ${isMany(reach) ? 'are' : 'is'} open for this computer alone.`,
      words: `Devices cannot reach ${isMany(reach) ? 'them' : 'it'} at ${reach.addresses[0]?.address}. Settings says on which address it listens.`,
    }
  const shut = reach.addresses.filter(({ listens }) => !listens).map(({ address }) => address)
  const title = `${ports} ${isMany(reach) ? 'listen' : 'listens'} on ${named(open)}${shut.length > 0 ? `, not on ${named(shut)}` : ''}.`
  if (last && reach.checkedAt - last.at < DAY_MS)
    return {
      tone: 'ok',
      title,
      words: `${last.aeTitle} came in from ${last.address}, ${moment.format(last.at)}. ${firewall.sentence}`,
    }
  if (firewall.state === 'open' || firewall.state === 'off') return { tone: 'ok', title, words: firewall.sentence }
  return { tone: 'warn', title, words: `${firewall.sentence} Nobody came in from outside within a day.` }
}

/** `Port 11112`, `Ports 11112 and 2762 (TLS)`; '' where nothing listens. */
function portWords({ port, tlsPort }: Reach): string {
  const tls = tlsPort === null ? undefined : `${tlsPort} (TLS)`
  if (port === null) return tls === undefined ? '' : `Port ${tls}`
  return tls === undefined ? `Port ${port}` : `Ports ${port} and ${tls}`
}

const isMany = ({ port, tlsPort }: Reach) => port !== null && tlsPort !== null
const NAMED = 3

/** `10.0.4.31, 10.0.5.31 and 4 more`. */
function named(addresses: readonly string[]): string {
  const more = addresses.length - NAMED
  if (more > 0) return `${addresses.slice(0, NAMED).join(', ')} and ${more} more`
  const last = addresses.at(-1) ?? ''
  return addresses.length < 2 ? last : `${addresses.slice(0, -1).join(', ')} and ${last}`
}
