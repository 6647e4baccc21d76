export type Point = readonly [number, number]

/**
 * What parallel rays cross on their way to a detector, in millimetres of water: exact for ellipsoids, so that no volume is
 * needed. Coordinates in mm from the middle, y down.
 */
export class Shadow {
  readonly waterMm: Float32Array
  readonly rows: number
  readonly columns: number
  readonly pixelMm: number

  constructor(rows: number, columns: number, pixelMm: number) {
    this.rows = rows
    this.columns = columns
    this.pixelMm = pixelMm
    this.waterMm = new Float32Array(rows * columns)
  }

  /** `density` 1 is water; negative takes away what a larger body has there already, as air in a lung does. */
  ellipsoid(x: number, y: number, radiusX: number, radiusY: number, radiusZ: number, density = 1): void {
    const bounds = this.#bounds(x - radiusX, x + radiusX, y - radiusY, y + radiusY)
    for (let row = bounds.top; row <= bounds.bottom; row++) {
      const dy = (((row - this.rows / 2) * this.pixelMm - y) / radiusY) ** 2
      for (let column = bounds.left; column <= bounds.right; column++) {
        const inside = 1 - dy - (((column - this.columns / 2) * this.pixelMm - x) / radiusX) ** 2
        if (inside > 0) this.#add(row * this.columns + column, 2 * radiusZ * Math.sqrt(inside) * density)
      }
    }
  }

  /** A round tube along a line of points; where its parts overlap it does not count twice. */
  tube(points: readonly Point[], radius: number, density: number): void {
    const xs = points.map((point) => point[0])
    const ys = points.map((point) => point[1])
    const line = smooth(points)
    const bounds = this.#bounds(
      Math.min(...xs) - 2 * radius,
      Math.max(...xs) + 2 * radius,
      Math.min(...ys) - 2 * radius,
      Math.max(...ys) + 2 * radius,
    )
    const nearest = new Map<number, number>()
    const reach = Math.ceil(radius / this.pixelMm)
    for (const [x, y] of line) {
      const column = Math.round(x / this.pixelMm + this.columns / 2)
      const row = Math.round(y / this.pixelMm + this.rows / 2)
      for (let r = Math.max(bounds.top, row - reach); r <= Math.min(bounds.bottom, row + reach); r++)
        for (let c = Math.max(bounds.left, column - reach); c <= Math.min(bounds.right, column + reach); c++) {
          const distance = ((c - column) ** 2 + (r - row) ** 2) * this.pixelMm ** 2
          const index = r * this.columns + c
          if (distance < radius ** 2 && distance < (nearest.get(index) ?? Number.POSITIVE_INFINITY))
            nearest.set(index, distance)
        }
    }
    for (const [index, distance] of nearest) this.#add(index, 2 * Math.sqrt(radius ** 2 - distance) * density)
  }

  #add(index: number, mm: number): void {
    this.waterMm[index] = (this.waterMm[index] ?? 0) + mm
  }

  #bounds(left: number, right: number, top: number, bottom: number) {
    const clamp = (value: number, size: number) =>
      Math.min(size - 1, Math.max(0, Math.round(value / this.pixelMm + size / 2)))
    return {
      left: clamp(left, this.columns),
      right: clamp(right, this.columns),
      top: clamp(top, this.rows),
      bottom: clamp(bottom, this.rows),
    }
  }
}

/** Corners cut twice (Chaikin), then a point at least every 0.6 mm. */
function smooth(points: readonly Point[]): Point[] {
  let line = [...points]
  for (let pass = 0; pass < 3; pass++) {
    const cut: Point[] = line.slice(0, 1)
    for (let index = 0; index + 1 < line.length; index++) {
      const [ax, ay] = line[index] ?? [0, 0]
      const [bx, by] = line[index + 1] ?? [0, 0]
      cut.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25], [ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75])
    }
    line = [...cut, ...line.slice(-1)]
  }
  return line.flatMap((point, index) => {
    const [bx, by] = line[index + 1] ?? point
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - point[0], by - point[1]) / 0.6))
    return Array.from(
      { length: steps },
      (_, step): Point => [point[0] + ((bx - point[0]) * step) / steps, point[1] + ((by - point[1]) * step) / steps],
    )
  })
}
