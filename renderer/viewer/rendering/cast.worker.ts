import type { VolumeSamples } from '#shared/imaging/resample.ts'
import '../failAloud.ts'
import type { CastPart, ToCaster } from './castMessage.ts'
import { CastQueue } from './castQueue.ts'
import { castVolume } from './castVolume.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: CastPart, transfer: Transferable[]): void }

const channel = new MessageChannel()
const pause = () =>
  new Promise<void>((resolve) => {
    channel.port1.onmessage = () => resolve()
    channel.port2.postMessage(0)
  })

const queue = new CastQueue((part) => page.postMessage(part, [part.pixels.buffer]), pause)
let about: Extract<ToCaster, { kind: 'volume' }> | undefined
let slices: (VolumeSamples | undefined)[] = []

self.addEventListener('message', ({ data }: MessageEvent<ToCaster>) => {
  if (data.kind === 'cast') queue.ask(data.job)
  else if (data.kind === 'volume') {
    about = data
    slices = data.geometry.order.map(() => undefined)
  } else {
    slices[data.at] = data.samples
    const whole = slices.flatMap((slice) => slice ?? [])
    if (!about || whole.length < slices.length) return
    const { geometry, share } = about
    slices = []
    queue.begin(castVolume(geometry, whole, about), geometry, share)
  }
})
