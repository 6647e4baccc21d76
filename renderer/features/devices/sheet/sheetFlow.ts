import { type PdfFont, textWidth, wrapped } from './pdf/fontWidths.ts'
import { PAGE, type PdfDocument } from './pdf/pdfDocument.ts'

export const LEFT = 56
export const TOP = 40
export const WIDTH = PAGE.width - 2 * LEFT
const BOTTOM = PAGE.height - 40

/** From top to bottom, over as many pages as it takes; every height times `scale`. */
export class SheetFlow {
  y = TOP
  private readonly pdf: PdfDocument
  private readonly scale: number

  constructor(pdf: PdfDocument, scale: number) {
    this.pdf = pdf
    this.scale = scale
  }

  words(text: string, font: PdfFont, points: number, grey = 0, width = WIDTH): void {
    const size = this.size(points)
    for (const line of wrapped(text, font, size, width)) {
      this.need(size * 1.35)
      this.pdf.text(LEFT, this.y + size, line, font, size, grey)
      this.y += size * 1.35
    }
  }

  heading(text: string): void {
    this.need(this.size(40))
    this.y += this.size(9)
    this.words(text, 'bold', 10.5)
    this.y += 1
  }

  list(title: string, items: readonly string[]): void {
    this.heading(title)
    const height = this.size(14)
    for (const item of items) {
      this.need(height)
      this.pdf.box(LEFT, this.y + this.size(2), this.size(8), this.size(8), 0.2)
      this.pdf.text(LEFT + 16, this.y + this.size(9.5), item, 'regular', this.size(9.5))
      this.y += height
    }
  }

  /** Short lists beside each other. */
  columns(lists: readonly [title: string, items: readonly string[]][]): void {
    const width = (WIDTH - 16 * (lists.length - 1)) / lists.length
    const [size, line, gap] = [this.size(8.5), this.size(11), this.size(1.5)]
    const columns = lists.map(([title, items]) => ({
      title,
      items: items.map((item) => wrapped(item, 'regular', size, width - 14)),
    }))
    const heights = columns.map(({ items }) => items.reduce((sum, lines) => sum + lines.length * line + gap, 0))
    this.need(this.size(25) + Math.max(...heights))
    const top = this.y + this.size(9)
    for (const [column, { title, items }] of columns.entries()) {
      const x = LEFT + column * (width + 16)
      let y = top
      this.pdf.text(x, y + this.size(10.5), title, 'bold', this.size(10.5))
      y += this.size(16)
      for (const lines of items) {
        this.pdf.box(x, y + gap, this.size(7), this.size(7), 0.2)
        for (const text of lines) {
          this.pdf.text(x + 14, y + size, text, 'regular', size)
          y += line
        }
        y += gap
      }
    }
    this.y = top + this.size(16) + Math.max(...heights)
  }

  pair(what: string, look: string): void {
    const [size, height] = [this.size(9), this.size(13)]
    this.need(height)
    this.pdf.text(LEFT, this.y + size, what, 'regular', size)
    this.pdf.text(
      LEFT + Math.max(110, textWidth(what, 'regular', size) + 8),
      this.y + size,
      look,
      'regular',
      size,
      0.25,
    )
    this.y += height
  }

  signature(): void {
    this.need(this.size(41))
    this.y += this.size(30)
    for (const [x, word] of [
      [LEFT, 'Set up by'],
      [LEFT + WIDTH / 2 + 8, 'Date'],
    ] as const) {
      this.pdf.line(x, this.y, x + WIDTH / 2 - 8)
      this.pdf.text(x, this.y + this.size(11), word, 'regular', this.size(8.5), 0.35)
    }
  }

  private size(points: number): number {
    return Math.round(points * this.scale * 100) / 100
  }

  private need(height: number): void {
    if (this.y + height <= BOTTOM) return
    this.pdf.newPage()
    this.y = TOP
  }
}
