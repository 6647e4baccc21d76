import type { VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import '../failAloud.ts'
import { PlaneQueue } from './planeQueue.ts'
import type { Layer, PlanePicture, ToResampler } from './resampleMessage.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: PlanePicture, transfer: Transferable[]): void }

/** Timers wait four milliseconds once they are nested; a message comes at once, after those that came before it. */
const channel = new MessageChannel()
const pause = () =>
  new Promise<void>((resolve) => {
    channel.port1.onmessage = () => resolve()
    channel.port2.postMessage(0)
  })

const queue = new PlaneQueue((picture) => {
  const { samples, over } = picture
  page.postMessage(picture, over ? [samples.buffer, over.buffer] : [samples.buffer])
}, pause)
const gathered = new Map<Layer, { geometry: VolumeGeometry; slices: (VolumeSamples | undefined)[] }>()

self.addEventListener('message', ({ data }: MessageEvent<ToResampler>) => {
  switch (data.kind) {
    case 'plane':
      queue.ask(data.job)
      return
    case 'forget':
      queue.forget(data.view)
      return
    case 'volume':
      gathered.set(data.layer, { geometry: data.geometry, slices: data.geometry.order.map(() => undefined) })
      return
    case 'drop':
      gathered.delete(data.layer)
      queue.over = undefined
      return
    case 'slice':
      take(data.layer, data.at, data.samples)
  }
})

function take(layer: Layer, at: number, samples: VolumeSamples): void {
  const found = gathered.get(layer)
  if (!found) return
  found.slices[at] = samples
  const slices = found.slices.flatMap((slice) => slice ?? [])
  if (slices.length < found.slices.length) return
  const volume = { geometry: found.geometry, slices }
  if (layer === 'base') queue.volume = volume
  else queue.over = volume
}
