import { dial } from './dial.ts'

/** Name servers that are public for everybody; a connection is opened and closed, nothing is sent. */
const PLACES = ['1.1.1.1', '8.8.8.8']
const PORT = 443
const WITHIN_MS = 2500

/** R098: never a failure, for a clinic's network need not have any. */
export async function internetText(signal: AbortSignal): Promise<string> {
  const startedAt = performance.now()
  const causes = await Promise.all(PLACES.map((host) => dial(host, PORT, WITHIN_MS, signal)))
  if (causes.every((cause) => cause !== undefined)) return 'no internet, which a server in the clinic does not need'
  return `internet within ${Math.max(1, Math.round(performance.now() - startedAt))} ms`
}
