import type { DataSet } from '#electron/demo/dataSet.ts'

const BEGIN = 'Ka Mo Ri Ta Lu Be Sa No Vi De Fa Go Hu Jo Ma Ne Po Ro Si Tu Wa Xe Ya Zo Al Br Ch Dr El Fr'.split(' ')
const MIDDLE = 'ba co di fe gu ha je ki lo mu na po ra se ti vu wa xi yo za'.split(' ')
const END = 'n r s t l m v k nd rt st lm rk ns'.split(' ')
const GIVEN = 'Bella Max Luna Charlie Lucy Rocky Molly Buddy Daisy Simba Nala Rex Anna Jan Wei Eva Petr Hana'.split(' ')
const DESCRIPTIONS = 'Thorax;Abdomen;Hip dysplasia;Skull;Elbow left;Stifle right;Spine;Dental full mouth'.split(';')
const MODALITIES = ['CT', 'CR', 'DX', 'MR', 'US', 'IO']
const DAY_MS = 24 * 60 * 60 * 1000

const pick = <Value>(list: readonly Value[], at: number): Value => list[at % list.length] as Value
/** The numbers below `count` in an order without a pattern, each once: 1 + a multiple of count's factors is enough. */
const scattered = (at: number, count: number) => Number((BigInt(at) * 7_368_787n + 1_299_709n) % BigInt(count))

/** Study `at` of `count`, spread as a clinic's over ten years; every program in the bench holds the same ones. */
export function manyStudy(at: number, count: number): DataSet & Record<string, string> {
  const number = scattered(at, count)
  const day = new Date(Date.UTC(2016, 0, 1) + (at % 3650) * DAY_MS)
  return {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
    SOPInstanceUID: `1.2.826.0.1.3680043.10.1447.7.${at}.1.1`,
    StudyInstanceUID: `1.2.826.0.1.3680043.10.1447.7.${at}`,
    SeriesInstanceUID: `1.2.826.0.1.3680043.10.1447.7.${at}.1`,
    PatientName: nameOf(at),
    PatientID: `V-${number}`,
    PatientBirthDate: `20${String(10 + (at % 10))}1003`,
    PatientSex: pick(['M', 'F'], at),
    StudyID: String(at % 9999),
    StudyDescription: pick(DESCRIPTIONS, at),
    AccessionNumber: `A${100_000 + number}`,
    StudyDate: day.toISOString().slice(0, 10).replaceAll('-', ''),
    StudyTime: `${String(at % 24).padStart(2, '0')}3000`,
    Modality: pick(MODALITIES, at * 5),
    InstanceNumber: '1',
  }
}

/** 30 x 20 x 20 x 14 family names: as many people share one as in a telephone book. */
export function nameOf(at: number): string {
  const mixed = at * 2_654_435_761
  const family = `${pick(BEGIN, mixed % 30)}${pick(MIDDLE, Math.floor(mixed / 31) % 20)}${pick(MIDDLE, Math.floor(mixed / 997) % 20)}${pick(END, Math.floor(mixed / 7919) % 14)}`
  return `${family}^${pick(GIVEN, Math.floor(mixed / 104_729))}`
}
