import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { decimals, string } from '../attributes.ts'

/** JPEG baseline, extended and the retired ones in steps, MPEG-2, MPEG-4 and HEVC have no form that loses nothing. */
const ALWAYS = /^1\.2\.840\.10008\.1\.2\.4\.(5[0-6]|10\d)(\.|$)/

/** (0028,2110): once lossy, always lossy; the last ratio of (0028,2112) is that of the last step. */
export function lossy(dataSet: DataSet, transferSyntaxUID: string): Pick<InstanceImage, 'lossy'> {
  if (string(dataSet, 'x00282110') !== '01' && !ALWAYS.test(transferSyntaxUID)) return {}
  const ratio = decimals(dataSet, 'x00282112').at(-1)
  return { lossy: { ratio: ratio !== undefined && ratio > 1 && ratio < 10_000 ? ratio : null } }
}
