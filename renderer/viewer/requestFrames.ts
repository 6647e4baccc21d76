import type { FrameName } from './frameStreamMessage.ts'

/** Asks the data plane; the answer's body carries the frames in the order asked for. */
export async function requestFrames(url: string, frames: readonly FrameName[], signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ frames: frames.map(({ instanceId, frame }) => ({ instanceId, frame })) }),
    signal,
  })
  if (!response.ok || !response.body) {
    throw new Error(`The workstation does not hand out images now (${response.status}).`)
  }
  return response
}
