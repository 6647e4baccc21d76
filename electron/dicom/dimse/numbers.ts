/** VRs whose values are binary numbers, and their size. */
export const numberBytes: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 }

/** Binary numbers that stand in text, several separated by backslashes; undefined where the VR is text itself. */
export function encodeNumbers(value: string, vr: string, bigEndian: boolean): Buffer | undefined {
  const size = numberBytes[vr]
  if (size === undefined) return undefined
  const values = value.split('\\')
  const bytes = Buffer.alloc(values.length * size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const [at, each] of values.entries()) writeNumber(view, at * size, Number(each), vr, !bigEndian)
  return bytes
}

/** What does not fit into the VR, or is no number, is written as 0 by DataView's own rules. */
export function writeNumber(view: DataView, at: number, value: number, vr: string, little: boolean): void {
  if (vr === 'US') view.setUint16(at, value, little)
  else if (vr === 'SS') view.setInt16(at, value, little)
  else if (vr === 'UL') view.setUint32(at, value, little)
  else if (vr === 'SL') view.setInt32(at, value, little)
  else if (vr === 'FL') view.setFloat32(at, value, little)
  else view.setFloat64(at, value, little)
}
