import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Reach } from '#shared/contract/devices.ts'
import { ruleName } from '#shared/network/firewallCommands.ts'
import { netfilterVerdict, type PortVerdict, ufwVerdict } from './firewallRules.ts'

export type Firewall = Reach['firewall']

const TIMEOUT_MS = 4000
const OUTPUT_MAX = 4 * 1024 * 1024
const execute = promisify(execFile)

interface Ran {
  code: number
  stdout: string
}

/** Undefined where the program is not there, or does not come to an end. No shell, no text of anybody's in it. */
async function run(program: string, args: string[]): Promise<Ran | undefined> {
  try {
    const { stdout } = await execute(program, args, { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_MAX, windowsHide: true })
    return { code: 0, stdout }
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: unknown }
    return typeof code === 'number' ? { code, stdout: String(stdout ?? '') } : undefined
  }
}

/** Is there a rule for each port? What cannot be read without the rights of an administrator is said to be unknown. */
export async function firewall(ports: readonly number[]): Promise<Firewall> {
  if (ports.length === 0)
    return { state: 'unknown', sentence: 'Nothing listens, so there is no port to look for.', tool: '' }
  return together(await Promise.all(ports.map(verdict)))
}

/** The worst first: one port that is shut counts more than another that is open. */
const WORST: readonly Firewall['state'][] = ['no-rule', 'unknown', 'open', 'off']

function together(verdicts: readonly Firewall[]): Firewall {
  const [worst = UNKNOWN] = verdicts.toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))
  return { ...worst, sentence: [...new Set(verdicts.map(({ sentence }) => sentence))].join(' ') }
}

async function verdict(port: number): Promise<Firewall> {
  if (process.platform === 'win32') return { ...(await windows(port)), tool: 'Windows' }
  if (process.platform === 'darwin') return { ...(await mac()), tool: 'macOS' }
  return process.platform === 'linux' ? linux(port) : UNKNOWN
}

const UNKNOWN: Firewall = {
  state: 'unknown',
  sentence: 'What the firewall of this computer does cannot be read from here.',
  tool: '',
}

/** The exit code says it in every language. */
async function windows(port: number): Promise<PortVerdict> {
  const rule = await run('netsh', ['advfirewall', 'firewall', 'show', 'rule', `name=${ruleName(port)}`])
  if (rule?.code === 0) return { state: 'open', sentence: `The Windows firewall has a rule for port ${port}.` }
  if (!rule) return UNKNOWN
  return {
    state: 'no-rule',
    sentence: `The Windows firewall has no rule named ${ruleName(port)}; another one may let the port in.`,
  }
}

async function mac(): Promise<PortVerdict> {
  const state = await run('/usr/libexec/ApplicationFirewall/socketfilterfw', ['--getglobalstate'])
  if (!state) return UNKNOWN
  if (/State = 0/.test(state.stdout)) return { state: 'off', sentence: 'The firewall of macOS is off.' }
  const app = await run('/usr/libexec/ApplicationFirewall/socketfilterfw', ['--getappblocked', process.execPath])
  if (app && /permit/i.test(app.stdout))
    return { state: 'open', sentence: 'The firewall of macOS lets this program in.' }
  return { state: 'no-rule', sentence: 'The firewall of macOS is on, and does not list this program as let in.' }
}

async function linux(port: number): Promise<Firewall> {
  const ufw = await readFile('/etc/ufw/ufw.conf', 'utf8').catch(() => '')
  if (/^ENABLED=yes/m.test(ufw))
    return { ...ufwVerdict(port, (await run('ufw', ['status', 'verbose']))?.stdout), tool: 'Linux (ufw)' }
  const zone = await run('firewall-cmd', ['--state'])
  if (zone?.code === 0) {
    const open = await run('firewall-cmd', [`--query-port=${port}/tcp`])
    const tool = 'Linux (firewalld)'
    return open?.code === 0
      ? { state: 'open', sentence: `firewalld lets port ${port} in.`, tool }
      : { state: 'no-rule', sentence: `firewalld runs, and has no rule for port ${port} in its default zone.`, tool }
  }
  const rules = await run('nft', ['list', 'ruleset'])
  if (rules?.code !== 0) return UNKNOWN
  const found = netfilterVerdict(port, rules.stdout)
  return { ...found, tool: found.state === 'off' ? '' : 'Linux (nftables)' }
}
