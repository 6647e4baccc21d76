/** One data set, keyed by PS3.6 keyword or eight hex digits of the tag. Written in tag order. */
export interface DataSet {
  [keywordOrTag: string]: ElementValue
}

/**
 * Text and numbers become what the dictionary's VR asks for; an array of data sets a sequence; bytes and typed arrays are
 * written as they are (byte-swapped by their element size in big endian). `null` writes an element of length zero.
 */
export type ElementValue =
  | null
  | string
  | number
  | readonly (string | number)[]
  | readonly DataSet[]
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | WithVR
  | Encapsulated

/** For private elements and for data that breaks the rules on purpose. */
export interface WithVR {
  vr: string
  value: ElementValue
  /** Length field as written, whatever the bytes are. */
  declaredLength?: number
  /** Keep an odd length odd. */
  unpadded?: boolean
  /** Sequences: undefined length with delimiters. */
  undefinedLength?: boolean
}

/** Pixel data in fragments (PS3.5 A.4). */
export interface Encapsulated {
  fragments: readonly Uint8Array[]
  /** Basic Offset Table; empty when absent. */
  offsetTable?: readonly number[]
}

export function isWithVR(value: ElementValue): value is WithVR {
  return typeof value === 'object' && value !== null && 'vr' in value && typeof value.vr === 'string'
}

export function isEncapsulated(value: ElementValue): value is Encapsulated {
  return typeof value === 'object' && value !== null && 'fragments' in value && Array.isArray(value.fragments)
}
