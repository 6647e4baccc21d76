import type { VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { PlaneQueue } from './planeQueue.ts'
import type { PlanePicture, ToResampler } from './resampleMessage.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: PlanePicture, transfer: Transferable[]): void }

/** Timers wait four milliseconds once they are nested; a message comes at once, after those that came before it. */
const channel = new MessageChannel()
const pause = () =>
  new Promise<void>((resolve) => {
    channel.port1.onmessage = () => resolve()
    channel.port2.postMessage(0)
  })

const queue = new PlaneQueue((picture) => page.postMessage(picture, [picture.samples.buffer]), pause)
let geometry: VolumeGeometry | undefined
let slices: (VolumeSamples | undefined)[] = []

self.addEventListener('message', ({ data }: MessageEvent<ToResampler>) => {
  if (data.kind === 'plane') queue.ask(data.job)
  else if (data.kind === 'forget') queue.forget(data.view)
  else if (data.kind === 'volume') {
    geometry = data.geometry
    slices = geometry.order.map(() => undefined)
  } else {
    slices[data.at] = data.samples
    const whole = slices.flatMap((slice) => slice ?? [])
    if (geometry && whole.length === slices.length) queue.volume = { geometry, slices: whole }
  }
})
