/** Why a port cannot be opened, and what to do. Other programs' ports and privileges differ, so the code decides. */
export function listenSentence(
  endpoint: { host: string | undefined; port: number },
  error: unknown,
  usual = 11112,
): string {
  const { port, host } = endpoint
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'EADDRINUSE')
    return `Another program uses port ${port}. Close it, or choose another port, for example ${port === usual ? usual + 1 : usual}.`
  if (code === 'EACCES') {
    return `This system does not let us open port ${port}: ports below 1024 need elevated rights. Choose another one, for example ${usual}.`
  }
  if (code === 'EADDRNOTAVAIL')
    return `This computer has no address ${host ?? ''} now. Choose one of its own in Settings, or with --bind.`
  return `Port ${port} cannot be opened (${String(code ?? error)}).`
}
