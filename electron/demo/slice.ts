/** A square slice in HU; millimetres from its centre, x to the patient's left, y to the back. */
export class Slice {
  readonly hu: Int16Array
  readonly size: number
  readonly pixelMm: number
  readonly #spare: Int16Array

  constructor(size: number, pixelMm: number) {
    this.size = size
    this.pixelMm = pixelMm
    this.hu = new Int16Array(size * size)
    this.#spare = new Int16Array(size * size)
  }

  /** Every pixel whose centre lies within the ellipse. */
  ellipse(centerX: number, centerY: number, radiusX: number, radiusY: number, hu: number): void {
    if (radiusX <= 0 || radiusY <= 0) return
    const middle = (this.size - 1) / 2
    const top = Math.max(0, Math.ceil((centerY - radiusY) / this.pixelMm + middle))
    const bottom = Math.min(this.size - 1, Math.floor((centerY + radiusY) / this.pixelMm + middle))
    for (let row = top; row <= bottom; row++) {
      const y = ((row - middle) * this.pixelMm - centerY) / radiusY
      const half = radiusX * Math.sqrt(Math.max(0, 1 - y * y))
      const left = Math.max(0, Math.ceil((centerX - half) / this.pixelMm + middle))
      const right = Math.min(this.size - 1, Math.floor((centerX + half) / this.pixelMm + middle))
      if (right >= left) this.hu.fill(hu, row * this.size + left, row * this.size + right + 1)
    }
  }

  disc(centerX: number, centerY: number, radius: number, hu: number): void {
    this.ellipse(centerX, centerY, radius, radius, hu)
  }

  /** 1-2-1 in both directions: edges as a scanner's point spread leaves them. */
  soften(): void {
    const { size, hu } = this
    const spare = this.#spare
    for (let index = 1; index < hu.length - 1; index++)
      spare[index] = ((hu[index - 1] ?? 0) + 2 * (hu[index] ?? 0) + (hu[index + 1] ?? 0)) >> 2
    for (let index = size; index < hu.length - size; index++)
      hu[index] = ((spare[index - size] ?? 0) + 2 * (spare[index] ?? 0) + (spare[index + size] ?? 0)) >> 2
  }

  /** Adds noise where there is a body, less in air. */
  grain(tile: Int16Array, offset: number): void {
    const { hu } = this
    for (let index = 0; index < hu.length; index++) {
      const value = hu[index] ?? 0
      if (value > -990) hu[index] = value + (tile[(index + offset) % tile.length] ?? 0)
    }
  }
}
