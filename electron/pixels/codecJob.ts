import type { DataElement } from '#electron/dicom/part10/dataElements.ts'
import type { PictureRequest } from './picture.ts'

/** What the pool asks a codec worker, one at a time. */
export interface CodecJob {
  id: number
  kind: 'frame' | 'thumbnail' | 'elements' | 'overlay' | 'content' | 'picture'
  path: string
  /** Of a picture -1 is the one that stands for the instance. */
  frame: number
  picture?: PictureRequest
}

/** A frame comes with room for its header in front: nothing is copied again on its way out. */
export type CodecResult =
  | { buffer: ArrayBuffer }
  /** Every data element in front of the pixels. */
  | { elements: DataElement[] }
  /** A sentence for the user; '' when there is nothing to show for a thumbnail. */
  | { failure: string }

/** The result of a job; before it, where a frame is decoded, how many samples that has. */
export type CodecAnswer = { id: number } & (CodecResult | { samples: number })
