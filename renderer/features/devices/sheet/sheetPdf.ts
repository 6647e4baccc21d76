import { type PdfFont, textWidth, wrapped } from './pdf/fontWidths.ts'
import { PAGE, PdfDocument } from './pdf/pdfDocument.ts'
import { canBeWritten } from './pdf/winAnsi.ts'
import { qrCode } from './qr/qrCode.ts'
import type { SetupSheet } from './setupSheet.ts'

const LEFT = 56
const WIDTH = PAGE.width - 2 * LEFT
const BOTTOM = PAGE.height - 56
const QR = 92

/** Undefined where the standard fonts lack the letters of a name: printing has them. */
export function sheetPdf(sheet: SetupSheet): Uint8Array<ArrayBuffer> | undefined {
  if (![sheet.title, sheet.subtitle, ...sheet.values.map(({ value }) => value)].every(canBeWritten)) return undefined
  const pdf = new PdfDocument(`${sheet.title}: ${sheet.subtitle}`)
  const flow = new Flow(pdf)
  drawCode(pdf, sheet.code)
  flow.words(sheet.title, 'bold', 20, 0, WIDTH - QR - 12)
  flow.words(sheet.subtitle, 'regular', 10, 0.35, WIDTH - QR - 12)
  flow.y = Math.max(flow.y, 56 + QR) + 10
  drawValues(pdf, flow, sheet)
  for (const remark of sheet.remarks) flow.words(remark, 'regular', 9, 0.35)
  flow.heading('On the device')
  for (const { name, path, note } of sheet.systems) {
    flow.words(`${name}: ${path.join(' > ')}`, 'bold', 9.5)
    flow.words(note, 'regular', 9, 0.35)
  }
  for (const line of [...sheet.notes, ...sheet.echo, ...sheet.modality]) flow.words(line, 'regular', 9, 0.2)
  flow.list('Check', sheet.checks)
  const [own] = sheet.firewall
  if (own) {
    flow.heading('If the port is closed, on this computer')
    flow.words(`${own.system}. ${own.note}`, 'regular', 9, 0.35)
    flow.words(own.command, 'mono', 8.5)
  }
  flow.heading('If it fails')
  for (const [what, look] of sheet.troubles) flow.pair(what, look)
  flow.columns([
    ['Operators', sheet.operator],
    ['IT', sheet.it],
  ])
  flow.signature()
  return pdf.bytes()
}

function drawValues(pdf: PdfDocument, flow: Flow, { values }: SetupSheet): void {
  const top = flow.y
  pdf.box(LEFT, top, WIDTH, 26 + values.length * 19)
  pdf.text(LEFT + 12, top + 17, 'Send images to', 'bold', 10)
  for (const [row, { label, value }] of values.entries()) {
    const y = top + 37 + row * 19
    pdf.text(LEFT + 12, y, label, 'regular', 10, 0.25)
    pdf.text(LEFT + 140, y, value, 'mono', 13)
  }
  flow.y = top + 26 + values.length * 19 + 8
}

function drawCode(pdf: PdfDocument, text: string): void {
  const rows = qrCode(text)
  if (!rows) return
  const module = QR / rows.length
  for (const [y, row] of rows.entries())
    for (const [x, dark] of row.entries())
      if (dark) pdf.fill(PAGE.width - LEFT - QR + x * module, 48 + y * module, module + 0.05, module + 0.05)
}

/** From top to bottom, over as many pages as it takes. */
class Flow {
  y = 56
  private readonly pdf: PdfDocument

  constructor(pdf: PdfDocument) {
    this.pdf = pdf
  }

  words(text: string, font: PdfFont, size: number, grey = 0, width = WIDTH): void {
    for (const line of wrapped(text, font, size, width)) {
      this.need(size * 1.35)
      this.pdf.text(LEFT, this.y + size, line, font, size, grey)
      this.y += size * 1.35
    }
  }

  heading(text: string): void {
    this.need(40)
    this.y += 9
    this.words(text, 'bold', 10.5)
    this.y += 1
  }

  list(title: string, items: readonly string[]): void {
    this.heading(title)
    for (const item of items) {
      this.need(14)
      this.pdf.box(LEFT, this.y + 2, 8, 8, 0.2)
      this.pdf.text(LEFT + 16, this.y + 9.5, item, 'regular', 9.5)
      this.y += 14
    }
  }

  /** Short lists beside each other: one page is what hangs on the wall. */
  columns(lists: readonly [title: string, items: readonly string[]][]): void {
    const width = (WIDTH - 16 * (lists.length - 1)) / lists.length
    const rows = Math.max(...lists.map(([, items]) => items.length))
    this.need(30 + rows * 24)
    const top = this.y + 9
    let bottom = top
    for (const [column, [title, items]] of lists.entries()) {
      const x = LEFT + column * (width + 16)
      let y = top
      this.pdf.text(x, y + 10.5, title, 'bold', 10.5)
      y += 16
      for (const item of items) {
        this.pdf.box(x, y + 1.5, 7, 7, 0.2)
        for (const line of wrapped(item, 'regular', 8.5, width - 14)) {
          this.pdf.text(x + 14, y + 8.5, line, 'regular', 8.5)
          y += 11
        }
        y += 1.5
      }
      bottom = Math.max(bottom, y)
    }
    this.y = bottom
  }

  pair(what: string, look: string): void {
    this.need(13)
    this.pdf.text(LEFT, this.y + 9, what, 'regular', 9)
    this.pdf.text(LEFT + Math.max(110, textWidth(what, 'regular', 9) + 8), this.y + 9, look, 'regular', 9, 0.25)
    this.y += 13
  }

  signature(): void {
    this.need(48)
    this.y += 34
    for (const [x, word] of [
      [LEFT, 'Set up by'],
      [LEFT + WIDTH / 2 + 8, 'Date'],
    ] as const) {
      this.pdf.line(x, this.y, x + WIDTH / 2 - 8)
      this.pdf.text(x, this.y + 11, word, 'regular', 8.5, 0.35)
    }
  }

  private need(height: number): void {
    if (this.y + height <= BOTTOM) return
    this.pdf.newPage()
    this.y = 56
  }
}
