import type { DataSet } from '#electron/demo/dataSet.ts'

export interface Code {
  value: string
  scheme: string
  meaning: string
}

const code = (value: string, scheme: string, meaning: string): Code => ({ value, scheme, meaning })

/** PS3.16: concepts of TID 1500, 1501, 1410 and 2010. */
export const concepts = {
  report: code('126000', 'DCM', 'Imaging Measurement Report'),
  measurements: code('126010', 'DCM', 'Imaging Measurements'),
  group: code('125007', 'DCM', 'Measurement Group'),
  trackingIdentifier: code('112039', 'DCM', 'Tracking Identifier'),
  trackingUID: code('112040', 'DCM', 'Tracking Unique Identifier'),
  language: code('121049', 'DCM', 'Language of Content Item and Descendants'),
  english: code('en', 'RFC5646', 'English'),
  observerType: code('121005', 'DCM', 'Observer Type'),
  device: code('121007', 'DCM', 'Device'),
  deviceUID: code('121012', 'DCM', 'Device Observer UID'),
  deviceName: code('121013', 'DCM', 'Device Observer Name'),
  deviceManufacturer: code('121014', 'DCM', 'Device Observer Manufacturer'),
  procedure: code('121058', 'DCM', 'Procedure reported'),
  region: code('111030', 'DCM', 'Image Region'),
  source: code('121112', 'DCM', 'Source of Measurement'),
  comment: code('121106', 'DCM', 'Comment'),
  ofInterest: code('113000', 'DCM', 'Of Interest'),
  keyDescription: code('113012', 'DCM', 'Key Object Description'),
  length: code('410668003', 'SCT', 'Length'),
  longAxis: code('103339001', 'SCT', 'Long Axis'),
  shortAxis: code('103340004', 'SCT', 'Short Axis'),
  angle: code('1483009', 'SCT', 'Angle'),
  cobb: code('285285000', 'SCT', "Cobb's angle"),
  area: code('42798000', 'SCT', 'Area'),
  mean: code('373098007', 'SCT', 'Mean'),
  deviation: code('386136009', 'SCT', 'Standard Deviation'),
  minimum: code('255605001', 'SCT', 'Minimum'),
  maximum: code('56851009', 'SCT', 'Maximum'),
  attenuation: code('112031', 'DCM', 'Attenuation Coefficient'),
  value: own('VALUE', 'Pixel value'),
  heartWidth: own('HEART-WIDTH', 'Width of heart'),
  thoraxWidth: own('THORAX-WIDTH', 'Width of thorax'),
  heartScore: own('VHS', 'Vertebral heart score'),
  heartScoreLong: own('VHS-LONG', 'Long axis of heart in vertebrae'),
  heartScoreShort: own('VHS-SHORT', 'Short axis of heart in vertebrae'),
  norbergFirst: own('NORBERG-1', 'Norberg angle, first hip'),
  norbergSecond: own('NORBERG-2', 'Norberg angle, second hip'),
  plateau: own('TPA', 'Tibial plateau angle'),
  heartRatio: own('CTR', 'Cardiothoracic ratio'),
} as const

/** What no standard scheme names (PS3.3 8.2: schemes that begin with 99 are private). */
export function own(value: string, meaning: string): Code {
  return code(value, '99NEGATOSCOPE', meaning)
}

const procedures: Record<string, Code> = {
  CT: code('77477000', 'SCT', 'Computed tomography'),
  MR: code('113091000', 'SCT', 'Magnetic resonance imaging'),
  US: code('16310003', 'SCT', 'Ultrasonography'),
  PT: code('82918005', 'SCT', 'Positron emission tomography'),
  MG: code('71651007', 'SCT', 'Mammography'),
  CR: code('168537006', 'SCT', 'Plain radiography'),
  DX: code('168537006', 'SCT', 'Plain radiography'),
}

export function procedureOf(modality: string): Code {
  return procedures[modality] ?? code('363679005', 'SCT', 'Imaging')
}

const units: Record<string, Code> = {
  mm: code('mm', 'UCUM', 'millimeter'),
  'mm²': code('mm2', 'UCUM', 'square millimeter'),
  px: code('{pixels}', 'UCUM', 'pixels'),
  'px²': code('{pixels}', 'UCUM', 'pixels'),
  deg: code('deg', 'UCUM', 'degree'),
  HU: code("[hnsf'U]", 'UCUM', 'Hounsfield unit'),
  'Bq/ml': code('Bq/ml', 'UCUM', 'Becquerels/milliliter'),
  'g/ml': code('g/ml{SUVbw}', 'UCUM', 'Standardized Uptake Value body weight'),
  v: code('{vertebrae}', 'UCUM', 'vertebrae'),
}

/** Others have no unit that every reader knows; the number stands by itself. */
export function unitOf(unit: string): Code {
  return units[unit] ?? code('1', 'UCUM', 'no units')
}

/** One item of a code sequence (PS3.3 8.8). */
export function codeItem({ value, scheme, meaning }: Code): DataSet {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning.slice(0, 64) }
}
