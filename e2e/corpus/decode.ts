import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../workstation/spawned.ts'
import { parsePart10 } from '../workstation/storedFiles.ts'
import { ExplicitDataSet } from './explicitDataSet.ts'

const JPEG = ['dcmdjpeg', '+te']
const JPEG_LS = ['dcmdjpls', '+te']
const GDCM = ['gdcmconv', '--raw']

/** By transfer syntax: the tool that writes the file uncompressed. DCMTK first, GDCM where DCMTK has no codec. */
const TOOLS: Record<string, string[]> = {
  '1.2.840.10008.1.2.4.50': JPEG,
  '1.2.840.10008.1.2.4.51': JPEG,
  '1.2.840.10008.1.2.4.53': JPEG,
  '1.2.840.10008.1.2.4.55': JPEG,
  '1.2.840.10008.1.2.4.57': JPEG,
  '1.2.840.10008.1.2.4.70': JPEG,
  '1.2.840.10008.1.2.4.80': JPEG_LS,
  '1.2.840.10008.1.2.4.81': JPEG_LS,
  '1.2.840.10008.1.2.4.90': GDCM,
  '1.2.840.10008.1.2.4.91': GDCM,
  '1.2.840.10008.1.2.5': ['dcmdrle', '+te'],
}
/** High-throughput JPEG 2000: GDCM does not know these names, its OpenJPEG (2.5) does know the code stream. */
const HTJ2K = /^1\.2\.840\.10008\.1\.2\.4\.20[123]$/
const JPEG_2000 = '1.2.840.10008.1.2.4.90'
/** JPEG XL, MPEG, deflated frames. */
const HAS_NO_TOOL = /^1\.2\.840\.10008\.1\.2\.(4\.1[01]\d|8\.1)$/

export interface Decoded {
  /** Uncompressed, Explicit VR Little Endian. */
  file: string
  dataSet: ExplicitDataSet
}

/** The file as other people's decoders see it; undefined where none of them reads it. */
export async function decode(file: string, transferSyntaxUID: string, folder: string): Promise<Decoded | undefined> {
  if (HAS_NO_TOOL.test(transferSyntaxUID)) return undefined
  if (HTJ2K.test(transferSyntaxUID)) {
    const renamed = join(folder, 'renamed.dcm')
    writeFileSync(renamed, underAnotherName(readFileSync(file), transferSyntaxUID, JPEG_2000))
    return decode(renamed, JPEG_2000, folder)
  }
  const out = join(folder, 'decoded.dcm')
  for (const tool of [TOOLS[transferSyntaxUID] ?? ['dcmconv', '+te'], GDCM, ['dcmconv', '-f', '+te']]) {
    const [program = '', ...args] = tool
    const { code } = await run(program, [...args, file, out]).catch(() => ({ code: 1 }))
    if (code !== 0) continue
    const explicit = join(folder, 'explicit.dcm')
    const { code: converted } = await run('dcmconv', ['+te', out, explicit])
    if (converted !== 0) continue
    const { dataSet: bytes } = parsePart10(readFileSync(explicit))
    const { dataSet } = ExplicitDataSet.read(Buffer.from(bytes), 0, bytes.length)
    return { file: explicit, dataSet }
  }
  return undefined
}

/** Overwrites the transfer syntax in the file meta information, padded to the length that it has there. */
function underAnotherName(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from)
  const length = from.length + (from.length % 2)
  if (at >= 0) bytes.write(to.padEnd(length, '\0'), at, 'latin1')
  return bytes
}
