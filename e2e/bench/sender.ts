import type { MoveDestination } from '../peers/dcmtk.ts'
import { run } from '../workstation/spawned.ts'

const TIMEOUT_MS = 300_000

export interface SenderOptions {
  /** As Debian ships DCMTK: Nagle's algorithm on, unlike everywhere else in the bench. */
  stock?: boolean
  callingAETitle?: string
  /** For TLS. */
  options?: string[]
}

/** One storescu process, one association; fails unless every file was taken. */
export async function storescu(
  to: MoveDestination,
  paths: string[],
  { stock = false, callingAETitle = 'BENCH', options = [] }: SenderOptions = {},
) {
  const own = ['-R', '+sd', '+r', '-aet', callingAETitle, '-aec', to.aeTitle, ...options]
  const args = [...own, '127.0.0.1', String(to.port), ...paths]
  const { code, stdout, stderr } = await run('storescu', args, {
    timeoutMs: TIMEOUT_MS,
    environment: { TCP_NODELAY: stock ? '0' : '1' },
  })
  if (code !== 0) throw new Error(`storescu to ${to.aeTitle} ended with ${code}: ${(stdout + stderr).slice(-300)}`)
}
