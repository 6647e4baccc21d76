import type { VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import type { CastJob, CastPart, ToCaster } from './castMessage.ts'

interface Listener {
  onPart(part: CastPart): void
  onFailure(): void
}

/** Workers that draw a volume together, each with a copy of it. */
export class Casters {
  readonly count: number
  readonly #workers: readonly Worker[]

  constructor(
    count: number,
    volume: { geometry: VolumeGeometry; slope: number; intercept: number; whole: boolean },
    { onPart, onFailure }: Listener,
  ) {
    this.count = count
    this.#workers = Array.from({ length: count }, (_, place) => {
      const worker = new Worker(new URL('./cast.worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('message', ({ data }: MessageEvent<CastPart>) => onPart(data))
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        onFailure()
      })
      worker.postMessage({ kind: 'volume', ...volume, share: { place, of: count } } satisfies ToCaster)
      return worker
    })
  }

  /** The samples change hands. */
  take(at: number, samples: VolumeSamples): void {
    for (const [place, worker] of this.#workers.entries()) {
      const own = place === this.count - 1 ? samples : samples.slice()
      worker.postMessage({ kind: 'slice', at, samples: own } satisfies ToCaster, [own.buffer])
    }
  }

  ask(job: CastJob): void {
    for (const worker of this.#workers) worker.postMessage({ kind: 'cast', job } satisfies ToCaster)
  }

  close(): void {
    for (const worker of this.#workers) worker.terminate()
  }
}
