/** Adobe's metrics of the standard fonts, thousandths of the size, for the characters from 32 to 126 (PDF 32000-1, 9.6.2.2). */
const REGULAR = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
]
const BOLD = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
  556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
  280, 389, 584,
]
const MONO = 600

export type PdfFont = 'regular' | 'bold' | 'mono'

/** A letter with an accent is as wide as without. */
export function textWidth(text: string, font: PdfFont, size: number): number {
  const widths = font === 'bold' ? BOLD : REGULAR
  let sum = 0
  for (const char of text) {
    const base = char.normalize('NFD').charCodeAt(0)
    sum += font === 'mono' ? MONO : (widths[base - 32] ?? 556)
  }
  return (sum * size) / 1000
}

/** Words, or where one is too long its characters, that fit into `width` points a line. */
export function wrapped(text: string, font: PdfFont, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer, font, size) <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = word
      while (textWidth(line, font, size) > width && line.length > 1) {
        let fits = line.length - 1
        while (fits > 1 && textWidth(line.slice(0, fits), font, size) > width) fits -= 1
        lines.push(line.slice(0, fits))
        line = line.slice(fits)
      }
    }
  }
  return [...lines, line]
}
