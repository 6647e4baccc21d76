import type { Finding, FindingValue } from '#shared/contract/reports.ts'
import { number } from '#shared/imaging/measurementText.ts'

/** UCUM codes as people write them. */
const units: Record<string, string> = {
  mm2: 'mm²',
  cm2: 'cm²',
  mm3: 'mm³',
  deg: '°',
  "[hnsf'U]": 'HU',
  '{pixels}': 'px',
  '{vertebrae}': 'v',
  'g/ml{SUVbw}': 'g/ml',
}

export function valueText({ value, unit }: FindingValue): string {
  const written = units[unit] ?? unit.replace(/[{}]/g, '')
  return written === '°' ? `${number(value)}°` : [number(value), written].filter(Boolean).join(' ')
}

/** Each number with what it is, then what was said in words. */
export function findingLines({ values, words }: Finding): string[] {
  return [...values.map((value) => `${value.name} ${valueText(value)}`), ...words]
}
