import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { DiagnosisParts, RemoteImage } from './stage.ts'

export type Arrived = Extract<NodeEvent, { kind: 'instanceReceived' }>
export type RefusedKnock = Extract<NodeEvent, { kind: 'associationRejected' }>

export interface Arrivals {
  /** Resolves with the image, or with undefined after `timeoutMs`. */
  image(timeoutMs: number, signal: AbortSignal): Promise<Arrived | undefined>
  /** Who was refused meanwhile: the server itself, perhaps. */
  refusedKnock(): RefusedKnock | undefined
  stop(): void
}

/** Watches our own listener for one image. */
export function arrivals(events: DiagnosisParts['events'], { sopInstanceUID }: RemoteImage): Arrivals {
  let arrived: Arrived | undefined
  let knock: RefusedKnock | undefined
  let wake = () => {}
  const stop = events.add({
    handle(event) {
      if (event.kind === 'instanceReceived' && event.sopInstanceUID === sopInstanceUID) arrived = event
      else if (event.kind === 'associationRejected') knock = event
      else return
      wake()
    },
    lostAll: () => wake(),
  })
  return {
    refusedKnock: () => knock,
    stop,
    image: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          resolve(arrived)
        }
        const timer = setTimeout(end, timeoutMs)
        if (arrived || signal.aborted) return end()
        wake = () => {
          if (arrived) end()
        }
        signal.addEventListener('abort', end, { once: true })
      }),
  }
}
