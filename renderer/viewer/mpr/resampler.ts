import type { VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import type { Layer, PlaneJob, PlanePicture, ToResampler } from './resampleMessage.ts'

type OnPicture = (picture: PlanePicture) => void

/** A volume beside the page: it holds its own samples, and makes pictures while the page goes on. */
export class Resampler {
  readonly #worker: Worker
  readonly #views = new Map<number, OnPicture>()

  constructor(geometry: VolumeGeometry, onFailure: (sentence: string) => void) {
    this.#worker = new Worker(new URL('./resample.worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<PlanePicture>) => {
      this.#views.get(data.view)?.(data)
    })
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault()
      onFailure('What makes its pictures has stopped, mostly for want of memory.')
    })
    this.begin('base', geometry)
  }

  begin(layer: Layer, geometry: VolumeGeometry): void {
    this.#tell({ kind: 'volume', layer, geometry })
  }

  /** The samples change hands: the page must not read them any more. */
  take(layer: Layer, at: number, samples: VolumeSamples): void {
    this.#tell({ kind: 'slice', layer, at, samples }, [samples.buffer])
  }

  drop(layer: Layer): void {
    this.#tell({ kind: 'drop', layer })
  }

  follow(view: number, onPicture: OnPicture): () => void {
    this.#views.set(view, onPicture)
    return () => {
      this.#views.delete(view)
      this.#tell({ kind: 'forget', view })
    }
  }

  ask(job: PlaneJob): void {
    this.#tell({ kind: 'plane', job })
  }

  /** All its memory is free at once. */
  close(): void {
    this.#views.clear()
    this.#worker.terminate()
  }

  #tell(message: ToResampler, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}
