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
  const port = reach.port ?? reach.tlsPort
  if (port === null)
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
      title: `Port ${port} is open for this computer alone.`,
      words: `Devices cannot reach it at ${reach.addresses[0]?.address}. Settings says on which address it listens.`,
    }
  const title = `Port ${port} listens on ${open.slice(0, 2).join(' and ')}.`
  if (last && reach.checkedAt - last.at < DAY_MS)
    return {
      tone: 'ok',
      title,
      words: `${last.aeTitle} came in from ${last.address}, ${moment.format(last.at)}. ${firewall.sentence}`,
    }
  if (firewall.state === 'open' || firewall.state === 'off') return { tone: 'ok', title, words: firewall.sentence }
  return { tone: 'warn', title, words: `${firewall.sentence} Nobody came in from outside within a day.` }
}
