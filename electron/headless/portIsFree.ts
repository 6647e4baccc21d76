import { createServer } from 'node:net'

/** Opens the port for a moment; resolves to the error that it met, or undefined when the port can be had. */
export function portIsFree(endpoint: { host: string | undefined; port: number }): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ port: endpoint.port, host: endpoint.host }, () => probe.close(() => resolve(undefined)))
  })
}
