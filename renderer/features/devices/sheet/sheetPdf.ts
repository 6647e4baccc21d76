import { PAGE, PdfDocument } from './pdf/pdfDocument.ts'
import { canBeWritten } from './pdf/winAnsi.ts'
import { qrCode } from './qr/qrCode.ts'
import type { SetupSheet } from './setupSheet.ts'
import { LEFT, SheetFlow, TOP, WIDTH } from './sheetFlow.ts'

const QR = 84

/** One page is what hangs on the wall: what is long is set smaller. */
const SCALES = [1, 0.94, 0.88, 0.82, 0.76]

/** Undefined where the standard fonts lack the letters of a name: printing has them. */
export function sheetPdf(sheet: SetupSheet): Uint8Array<ArrayBuffer> | undefined {
  if (![sheet.title, sheet.subtitle, ...sheet.values.map(({ value }) => value)].every(canBeWritten)) return undefined
  let pdf = drawn(sheet, 1)
  for (const scale of SCALES) {
    pdf = drawn(sheet, scale)
    if (pdf.pageCount === 1) break
  }
  return pdf.bytes()
}

function drawn(sheet: SetupSheet, scale: number): PdfDocument {
  const pdf = new PdfDocument(`${sheet.title}: ${sheet.subtitle}`)
  const flow = new SheetFlow(pdf, scale)
  drawCode(pdf, sheet.code)
  flow.words(sheet.title, 'bold', 20, 0, WIDTH - QR - 12)
  flow.words(sheet.subtitle, 'regular', 10, 0.35, WIDTH - QR - 12)
  flow.y = Math.max(flow.y, TOP + QR) + 8
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
    for (const command of own.commands) flow.words(command, 'mono', 8.5)
  }
  flow.heading('If it fails')
  for (const [what, look] of sheet.troubles) flow.pair(what, look)
  flow.columns([
    ['Operators', sheet.operator],
    ['IT', sheet.it],
  ])
  flow.signature()
  return pdf
}

function drawValues(pdf: PdfDocument, flow: SheetFlow, { values }: SetupSheet): void {
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
      if (dark) pdf.fill(PAGE.width - LEFT - QR + x * module, TOP - 4 + y * module, module + 0.05, module + 0.05)
}
