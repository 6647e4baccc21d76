import type { PdfFont } from './fontWidths.ts'
import { winAnsi } from './winAnsi.ts'

/** A4 in points. */
export const PAGE = { width: 595, height: 842 } as const

const FONTS: Record<PdfFont, { key: string; name: string }> = {
  regular: { key: 'F1', name: 'Helvetica' },
  bold: { key: 'F2', name: 'Helvetica-Bold' },
  mono: { key: 'F3', name: 'Courier' },
}

/** Pages of text, rules and dark squares in the fonts that every viewer has (PDF 1.4). Places are from the top left. */
export class PdfDocument {
  private readonly pages: string[][] = [[]]
  private readonly title: string

  constructor(title: string) {
    this.title = title
  }

  get pageCount(): number {
    return this.pages.length
  }

  newPage(): void {
    this.pages.push([])
  }

  text(x: number, y: number, text: string, font: PdfFont, size: number, grey = 0): void {
    this.draw(`BT ${grey} g /${FONTS[font].key} ${size} Tf ${x} ${flip(y)} Td (${escaped(winAnsi(text))}) Tj ET`)
  }

  /** A filled rectangle. */
  fill(x: number, y: number, width: number, height: number, grey = 0): void {
    this.draw(`${grey} g ${rounded(x)} ${rounded(PAGE.height - y - height)} ${rounded(width)} ${rounded(height)} re f`)
  }

  /** The outline of a rectangle. */
  box(x: number, y: number, width: number, height: number, grey = 0.6): void {
    this.draw(`${grey} G 0.8 w ${rounded(x)} ${rounded(PAGE.height - y - height)} ${width} ${height} re S`)
  }

  line(x1: number, y: number, x2: number, grey = 0.6): void {
    this.draw(`${grey} G 0.6 w ${x1} ${flip(y)} m ${x2} ${flip(y)} l S`)
  }

  /** The file: header, objects, cross-reference table, trailer. One byte a character. */
  bytes(): Uint8Array<ArrayBuffer> {
    const firstPage = 4 + Object.keys(FONTS).length
    const pageNumbers = this.pages.map((_, index) => firstPage + index * 2)
    const fonts = Object.values(FONTS).map(({ key }, index) => `/${key} ${4 + index} 0 R`)
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${this.pages.length} >>`,
      `<< /Title (${escaped(winAnsi(this.title))}) /Creator (Negatoscope) >>`,
      ...Object.values(FONTS).map(
        ({ name }) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
      ),
      ...this.pages.flatMap((operators, index) => {
        const content = operators.join('\n')
        return [
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << ${fonts.join(' ')} >> >> /Contents ${(pageNumbers[index] ?? 0) + 1} 0 R >>`,
          `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
        ]
      }),
    ]
    let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
    const offsets = objects.map((object, index) => {
      const offset = file.length
      file += `${index + 1} 0 obj\n${object}\nendobj\n`
      return offset
    })
    const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
    const count = objects.length + 1
    const trailer = `trailer\n<< /Size ${count} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
    file += `xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`
    return Uint8Array.from(file, (char) => char.charCodeAt(0))
  }

  private draw(operator: string): void {
    this.pages.at(-1)?.push(operator)
  }
}

function flip(y: number): number {
  return rounded(PAGE.height - y)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

/** PDF 32000-1, 7.3.4.2. */
function escaped(text: string): string {
  return text.replace(/[\\()]/g, (char) => `\\${char}`)
}
