import type { DataElement } from '#electron/dicom/part10/dataElements.ts'

/** What the pool asks a codec worker, one at a time. */
export interface CodecJob {
  id: number
  kind: 'frame' | 'thumbnail' | 'elements' | 'overlay' | 'content'
  path: string
  frame: number
}

/** A frame comes with room for its header in front: nothing is copied again on its way out. */
export type CodecAnswer =
  | { id: number; buffer: ArrayBuffer }
  /** Every data element in front of the pixels. */
  | { id: number; elements: DataElement[] }
  /** A sentence for the user; '' when there is nothing to show for a thumbnail. */
  | { id: number; failure: string }
