import { createServer } from 'node:net'
import { listenSentence } from '#electron/listening/listenSentence.ts'

interface Endpoint {
  host: string | undefined
  port: number
}

export interface PortCheck {
  free: boolean
  sentence: string
}

/** Could we listen there? Opens and closes the port for real (R053). */
export async function checkPort(endpoint: Endpoint, ownPort: number | undefined): Promise<PortCheck> {
  const { port } = endpoint
  if (port === ownPort) return { free: true, sentence: `This workstation listens on port ${port} now.` }
  const error = await tryPort(endpoint)
  if (error) return { free: false, sentence: listenSentence(endpoint, error) }
  return { free: true, sentence: `Port ${port} is free.` }
}

function tryPort({ host, port }: Endpoint): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () =>
      server.close(() => resolve(undefined)),
    )
  })
}
