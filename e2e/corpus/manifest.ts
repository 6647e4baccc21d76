import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A number, or undefined where the cell is empty. */
const figure = z.string().transform((text) => (text === '' ? undefined : Number(text)))

const manifestRow = z.object({
  path: z.string().min(1),
  expected: z.enum(['displays', 'stores but not displayable', 'must be rejected with clear error']),
  modality: z.string(),
  sop_class: z.string(),
  transfer_syntax: z.string(),
  transfer_syntax_uid: z.string(),
  rows: figure,
  columns: figure,
  frames: z.string(),
  photometric: z.string(),
  samples: figure,
  bits_allocated: figure,
  patient_name: z.string(),
  px_min: figure,
  px_max: figure,
  px_mean: figure,
  decoders: z.string(),
  sha256: z.string(),
  notes: z.string(),
})
export type ManifestRow = z.infer<typeof manifestRow>

/** `manifest.csv` of a folder of samples: what each file is, and what the product must do with it. */
export function readManifest(folder: string): ManifestRow[] {
  const [header, ...rows] = parseCsv(readFileSync(join(folder, 'manifest.csv'), 'utf8'))
  if (!header) throw new Error(`${folder}/manifest.csv is empty.`)
  return rows.map((cells) => manifestRow.parse(Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))))
}

/** RFC 4180: quoted cells may hold commas, line ends and doubled quotes. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let cells: string[] = []
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    const [whole, cell = '', end] = match
    if (whole === '' && cells.length === 0) break
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === ',') continue
    rows.push(cells)
    cells = []
  }
  return rows
}
