import type { Firewall } from './firewall.ts'

/** What one look at one firewall says of one port. */
export type PortVerdict = Omit<Firewall, 'tool'>

const UFW_LINE = /^(.+?)\s{2,}(ALLOW|DENY|REJECT|LIMIT)(?: (IN|OUT|FWD))?\s+(.+?)(?:\s+#.*)?$/

/** `ufw status verbose`; undefined or without its word where only an administrator may read it. The first rule counts. */
export function ufwVerdict(port: number, status: string | undefined): PortVerdict {
  if (status === undefined || !/^Status:/m.test(status))
    return { state: 'unknown', sentence: 'ufw is on; its rules can only be read by an administrator: sudo ufw status.' }
  if (/^Status: inactive/m.test(status)) return { state: 'off', sentence: 'ufw is off.' }
  for (const line of status.split('\n')) {
    const [, to = '', action, way, from = ''] = UFW_LINE.exec(line.trim()) ?? []
    if (action === undefined || way === 'OUT' || way === 'FWD' || !isOfPort(to, port)) continue
    const isAnywhere = from.startsWith('Anywhere')
    if (action === 'ALLOW' || action === 'LIMIT')
      return { state: 'open', sentence: `ufw lets port ${port} in${isAnywhere ? '' : ` from ${from}`}.` }
    if (isAnywhere) return { state: 'no-rule', sentence: `A rule of ufw keeps port ${port} out.` }
  }
  if (/^Default: allow \(incoming\)/m.test(status))
    return { state: 'open', sentence: `ufw lets everything in, port ${port} too.` }
  return { state: 'no-rule', sentence: `ufw is on and has no rule for port ${port}.` }
}

/** `11112/tcp`, `11000:12000/tcp`, `80,11112/tcp`, `192.168.1.5 11112`, `Anywhere`. */
function isOfPort(to: string, port: number): boolean {
  if (/\/udp\b/.test(to)) return false
  if (/^Anywhere/.test(to)) return true
  const words = to.replace(/\s*\(v6\)/, '').split(/\s+/)
  const ports = words.at(-1)?.split('/')[0] ?? ''
  return ports.split(',').some((part) => isWithin(port, part.split(':')))
}

function isWithin(port: number, [from = '', to = from]: readonly string[]): boolean {
  return /^\d+$/.test(from) && /^\d+$/.test(to) && Number(from) <= port && port <= Number(to)
}

/** `nft list ruleset`: the chains that look at what comes in, and those that they go on to. */
export function netfilterVerdict(port: number, ruleset: string): PortVerdict {
  const chains = chainsOf(ruleset)
  const inputs = [...chains.keys()].filter((name) => chains.get(name)?.some((line) => /\bhook input\b/.test(line)))
  if (inputs.length === 0) return { state: 'off', sentence: 'No filter looks at what comes in (nftables).' }
  const lines = reachedLines(chains, inputs)
  const own = lines.find((line) => namesPort(line, port) && /\b(accept|drop|reject)\b/.test(line))
  if (own && /\baccept\b/.test(own)) {
    const [, from] = /\bsaddr (\S+)/.exec(own) ?? []
    return { state: 'open', sentence: `nftables lets port ${port} in${from ? ` from ${from}` : ''}.` }
  }
  if (own) return { state: 'no-rule', sentence: `A rule of nftables keeps port ${port} out.` }
  if (lines.some(isDropping)) return { state: 'no-rule', sentence: `nftables filters, and no rule names port ${port}.` }
  return { state: 'off', sentence: `nftables keeps nothing out that comes to port ${port}.` }
}

/** By family, table and chain: `inet filter input`. */
function chainsOf(ruleset: string): Map<string, string[]> {
  const chains = new Map<string, string[]>()
  let table = ''
  let current: string[] | undefined
  for (const raw of ruleset.split('\n')) {
    const line = raw.trim()
    const [, wanted] = /^table (.+) \{$/.exec(line) ?? []
    const [, name] = /^chain (\S+) \{$/.exec(line) ?? []
    if (wanted !== undefined) table = wanted
    else if (name !== undefined) {
      current = []
      chains.set(`${table} ${name}`, current)
    } else if (line === '}') current = undefined
    else current?.push(line)
  }
  return chains
}

function reachedLines(chains: ReadonlyMap<string, string[]>, first: readonly string[]): string[] {
  const seen = new Set<string>()
  const waiting = [...first]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const table = name.slice(0, name.lastIndexOf(' '))
    for (const line of chains.get(name) ?? [])
      for (const [, next = ''] of line.matchAll(/\b(?:jump|goto) (\S+)/g)) waiting.push(`${table} ${next}`)
  }
  return [...seen].flatMap((name) => chains.get(name) ?? [])
}

/** `tcp dport 11112`, `tcp dport 11000-12000`, `tcp dport { 22, 11112 }`. */
function namesPort(line: string, port: number): boolean {
  const [, set, one] = /\btcp dport (?:\{ ([^}]*)\}|(\S+))/.exec(line) ?? []
  return (set ?? one ?? '').split(',').some((part) => isWithin(port, part.trim().split('-')))
}

/** Of what it may keep out, rules for other ports and for broken packets are none of ours. */
function isDropping(line: string): boolean {
  if (/\bdport\b/.test(line) || /\bct state invalid\b/.test(line)) return false
  return /\b(drop|reject)\b/.test(line)
}
