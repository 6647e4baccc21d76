import { crc32, deflateSync } from 'node:zlib'
import { ICON_SHAPES, type Shape } from './iconShapes.ts'

const GRID = 1024

/** The icon as a PNG of `size` x `size` pixels with transparency. */
export function iconPng(size: number): Buffer {
  const rgba = new Float64Array(size * size * 4)
  for (const shape of ICON_SHAPES) drawShape(rgba, size, shape)
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * 4
      const alpha = rgba[from + 3] ?? 0
      const to = y * (size * 4 + 1) + 1 + x * 4
      for (let channel = 0; channel < 3; channel++)
        rows[to + channel] = alpha === 0 ? 0 : Math.round((rgba[from + channel] ?? 0) / alpha)
      rows[to + 3] = Math.round(alpha * 255)
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Premultiplied source-over; the edge is smoothed over the width of one pixel. */
function drawShape(rgba: Float64Array, size: number, shape: Shape): void {
  const scale = GRID / size
  const from = channels(shape.from)
  const to = channels(shape.to)
  for (let row = 0; row < size; row++) {
    const y = (row + 0.5) * scale
    if (y < shape.y - scale || y > shape.y + shape.height + scale) continue
    const along = Math.min(1, Math.max(0, (y - shape.y) / shape.height))
    for (let column = 0; column < size; column++) {
      const coverage =
        Math.min(1, Math.max(0, 0.5 - distance(shape, (column + 0.5) * scale, y) / scale)) * shape.opacity
      if (coverage === 0) continue
      const at = (row * size + column) * 4
      for (let channel = 0; channel < 3; channel++) {
        const colour = (from[channel] ?? 0) * (1 - along) + (to[channel] ?? 0) * along
        rgba[at + channel] = (rgba[at + channel] ?? 0) * (1 - coverage) + colour * coverage
      }
      rgba[at + 3] = (rgba[at + 3] ?? 0) * (1 - coverage) + coverage
    }
  }
}

/** From a point to the edge of a rounded rectangle; negative inside. */
function distance({ x, y, width, height, radius }: Shape, pointX: number, pointY: number): number {
  const dx = Math.abs(pointX - x - width / 2) - width / 2 + radius
  const dy = Math.abs(pointY - y - height / 2) - height / 2 + radius
  return Math.min(Math.max(dx, dy), 0) + Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) - radius
}

function channels(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
