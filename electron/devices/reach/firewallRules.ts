import type { Firewall } from './firewall.ts'

/** `ufw status`; undefined or without its word where only an administrator may read it. */
export function ufwVerdict(port: number, status: string | undefined): Firewall {
  if (status === undefined || !/^Status:/m.test(status))
    return { state: 'unknown', sentence: 'ufw is on; its rules can only be read by an administrator: sudo ufw status.' }
  if (/^Status: inactive/m.test(status)) return { state: 'off', sentence: 'ufw is off.' }
  const isOpen = status.split('\n').some((line) => {
    const [to = '', , ...rest] = line.trim().split(/\s+/)
    return to.split('/')[0] === String(port) && !to.endsWith('/udp') && /\bALLOW\b/.test([...rest, line].join(' '))
  })
  return isOpen
    ? { state: 'open', sentence: `ufw lets port ${port} in.` }
    : { state: 'no-rule', sentence: `ufw is on and has no rule for port ${port}.` }
}

/** The input chains of `nft list ruleset`: one that accepts by default drops nothing that no rule drops. */
export function netfilterVerdict(port: number, ruleset: string): Firewall {
  const policies = [...ruleset.matchAll(/hook input[^;]*;\s*policy (\w+)/g)].map(([, policy]) => policy)
  if (policies.length === 0) return { state: 'off', sentence: 'No filter looks at what comes in (nftables).' }
  const accepts = new RegExp(`tcp dport[^\\n]*\\b${port}\\b[^\\n]*accept`).test(ruleset)
  if (accepts) return { state: 'open', sentence: `nftables lets port ${port} in.` }
  if (policies.every((policy) => policy === 'accept') && !/\b(drop|reject)\b/.test(ruleset))
    return { state: 'off', sentence: 'nftables drops nothing that comes in.' }
  return { state: 'no-rule', sentence: `nftables filters, and no rule names port ${port}.` }
}
