import { createServer } from 'node:net'
import { listenSentence } from '#electron/listening/listenSentence.ts'

export interface PortCheck {
  free: boolean
  sentence: string
}

/** Could we listen there? Opens and closes the port for real (R053). */
export async function checkPort(port: number, ownPort: number | undefined): Promise<PortCheck> {
  if (port === ownPort) return { free: true, sentence: `This workstation listens on port ${port} now.` }
  const error = await tryPort(port)
  if (error) return { free: false, sentence: listenSentence({ host: undefined, port }, error) }
  return { free: true, sentence: `Port ${port} is free.` }
}

function tryPort(port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
