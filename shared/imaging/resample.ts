import type { ImagePlane } from './instanceImage.ts'
import { cross, dot, minus, plus, times, type Vector3 } from './vector.ts'
import type { VolumeGeometry } from './volumeGeometry.ts'

export type VolumeSamples = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array

/** Slices in the order of the geometry, all of one size. */
export interface VolumeData {
  geometry: VolumeGeometry
  slices: readonly VolumeSamples[]
}

export type SlabMode = 'mean' | 'max' | 'min'

export interface ResampledSize {
  rows: number
  columns: number
  /** mm a pixel. */
  pixel: number
}

/** Values of a plane of the body by linear interpolation, into `target`; `outside` where the volume does not reach. */
export function resample(
  { geometry, slices }: VolumeData,
  { position, rowDirection, columnDirection }: ImagePlane,
  { rows, columns, pixel }: ResampledSize,
  outside: number,
  target: VolumeSamples | Float64Array,
): void {
  const { columns: width, rows: height, depths } = geometry
  const toIndex = indexing(geometry)
  const start = toIndex(position)
  const right = minus(toIndex(plus(position, times(rowDirection, pixel))), start)
  const below = minus(toIndex(plus(position, times(columnDirection, pixel))), start)
  const whole = !(target instanceof Float32Array || target instanceof Float64Array)
  const place = slicePlace(depths)
  const last = depths.length - 1
  // Rounding must not push what lies on the border outside.
  const slack = 1e-4
  const { padding } = geometry
  for (let row = 0, at = 0; row < rows; row++) {
    let x = start[0] + row * below[0]
    let y = start[1] + row * below[1]
    let depth = start[2] + row * below[2]
    for (let column = 0; column < columns; column++, at++, x += right[0], y += right[1], depth += right[2]) {
      const k = place(depth)
      if (
        x < -slack ||
        y < -slack ||
        x > width - 1 + slack ||
        y > height - 1 + slack ||
        k < -slack ||
        k > last + slack
      ) {
        target[at] = outside
        continue
      }
      const i0 = Math.min(width - 1, Math.max(0, Math.floor(x + slack)))
      const j0 = Math.min(height - 1, Math.max(0, Math.floor(y + slack)))
      const k0 = Math.min(last, Math.max(0, Math.floor(k + slack)))
      const fx = Math.max(0, x - i0)
      const fy = Math.max(0, y - j0)
      const fz = Math.max(0, k - k0)
      const i1 = i0 + 1 < width ? 1 : 0
      const from = j0 * width + i0
      const next = j0 + 1 < height ? from + width : from
      const a = slices[k0]
      if (!a) continue
      if (padding) {
        const known = withoutPadding(padding, [a, fz > slack ? slices[k0 + 1] : undefined], from, next, i1, fx, fy, fz)
        target[at] = Number.isNaN(known) ? outside : whole ? Math.round(known) : known
        continue
      }
      let value = flat(a, from, next, i1, fx, fy)
      if (fz > slack) {
        const b = slices[k0 + 1]
        if (b) value += (flat(b, from, next, i1, fx, fy) - value) * fz
      }
      target[at] = whole ? Math.round(value) : value
    }
  }
}

/**
 * The mean of the neighbours that are no padding, by their weight; not a number where padding outweighs them. Padding is no
 * value of the body (PS3.3 C.7.5.1.1.2): what lies beside it must not be drawn towards it.
 */
function withoutPadding(
  { min, max }: { min: number; max: number },
  slices: readonly (VolumeSamples | undefined)[],
  from: number,
  next: number,
  i1: number,
  fx: number,
  fy: number,
  fz: number,
): number {
  let sum = 0
  let weight = 0
  for (let k = 0; k < 2; k++) {
    const slice = slices[k]
    const ofSlice = k === 0 ? (slices[1] ? 1 - fz : 1) : fz
    if (!slice || ofSlice === 0) continue
    for (let corner = 0; corner < 4; corner++) {
      const [right, below] = [corner & 1, corner >> 1]
      const part = ofSlice * (right ? fx : 1 - fx) * (below ? fy : 1 - fy)
      if (part === 0) continue
      const value = slice[(below ? next : from) + (right ? i1 : 0)] ?? Number.NaN
      if (Number.isNaN(value) || (value >= min && value <= max)) continue
      sum += part * value
      weight += part
    }
  }
  return weight < 0.5 ? Number.NaN : sum / weight
}

function flat(slice: VolumeSamples, from: number, next: number, i1: number, fx: number, fy: number): number {
  const a = slice[from] ?? 0
  const above = a + ((slice[from + i1] ?? 0) - a) * fx
  if (fy === 0) return above
  const c = slice[next] ?? 0
  return above + (c + ((slice[next + i1] ?? 0) - c) * fx - above) * fy
}

/** Patient coordinates to column, row (from 0, of pixel centres) and depth in mm; linear, so steps can be added up. */
function indexing(geometry: VolumeGeometry): (point: Vector3) => Vector3 {
  const { origin, rowDirection, columnDirection, normal, across, down, shift } = geometry
  return (point) => {
    const off = minus(point, origin)
    const depth = dot(normal, off)
    return [
      (dot(rowDirection, off) - shift[0] * depth) / across,
      (dot(columnDirection, off) - shift[1] * depth) / down,
      depth,
    ]
  }
}

/** Depth to slice, between two of them a fraction. Slices need not be evenly spaced. */
function slicePlace(depths: readonly number[]): (depth: number) => number {
  const last = depths.length - 1
  const end = depths[last] ?? 0
  const even = end / last
  if (depths.every((depth, at) => Math.abs(depth - at * even) < even * 0.002)) return (depth) => depth / even
  let at = 0
  return (depth) => {
    if (depth <= 0) return depth / even
    if (depth >= end) return last + (depth - end) / even
    while (at > 0 && depth < (depths[at] ?? 0)) at--
    while (at < last - 1 && depth >= (depths[at + 1] ?? 0)) at++
    const from = depths[at] ?? 0
    return at + (depth - from) / ((depths[at + 1] ?? from) - from)
  }
}

/** How many samples a slab takes: each stands for the same part of its thickness, of `step` mm or near it. */
export function slabSamples(thickness: number, step: number): number {
  return Math.max(1, Math.round(thickness / step))
}

/** A slab around the plane: the largest, smallest or mean value over its thickness, which is kept whatever the step. */
export function resampleSlab(
  volume: VolumeData,
  plane: ImagePlane,
  size: ResampledSize,
  outside: number,
  target: VolumeSamples,
  { mode, thickness, step }: { mode: SlabMode; thickness: number; step: number },
): void {
  const samples = slabSamples(thickness, step)
  const apart = thickness / samples
  const normal = cross(plane.rowDirection, plane.columnDirection)
  const layer = new Float64Array(target.length)
  const sum = new Float64Array(target.length)
  const counts = new Uint16Array(target.length)
  for (let sample = 0; sample < samples; sample++) {
    const off = (sample - (samples - 1) / 2) * apart
    const position = plus(plane.position, times(normal, off))
    resample(volume, { ...plane, position: [...position] }, size, Number.NaN, layer)
    for (let at = 0; at < layer.length; at++) {
      const value = layer[at] ?? Number.NaN
      if (Number.isNaN(value)) continue
      const known = counts[at] ?? 0
      counts[at] = known + 1
      const before = sum[at] ?? 0
      if (known === 0) sum[at] = value
      else if (mode === 'mean') sum[at] = before + value
      else sum[at] = mode === 'max' ? Math.max(before, value) : Math.min(before, value)
    }
  }
  const whole = !(target instanceof Float32Array)
  for (let at = 0; at < target.length; at++) {
    const known = counts[at] ?? 0
    const value = mode === 'mean' ? (sum[at] ?? 0) / known : (sum[at] ?? 0)
    target[at] = known === 0 ? outside : whole ? Math.round(value) : value
  }
}
