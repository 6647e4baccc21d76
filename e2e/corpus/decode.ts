import { readFileSync } from 'node:fs'
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
const HAS_NO_TOOL = /^1\.2\.840\.10008\.1\.2\.(4\.(1[01]\d|20\d)|8\.1)$/

export interface Decoded {
  /** Uncompressed, Explicit VR Little Endian. */
  file: string
  dataSet: ExplicitDataSet
  tool: string
}

/** The file as other people's decoders see it; undefined where none of them reads it. */
export async function decode(file: string, transferSyntaxUID: string, folder: string): Promise<Decoded | undefined> {
  if (HAS_NO_TOOL.test(transferSyntaxUID)) return undefined
  const out = join(folder, 'decoded.dcm')
  for (const tool of [TOOLS[transferSyntaxUID] ?? ['dcmconv', '+te'], GDCM]) {
    const [program = '', ...args] = tool
    const { code } = await run(program, [...args, file, out]).catch(() => ({ code: 1 }))
    if (code !== 0) continue
    const explicit = join(folder, 'explicit.dcm')
    const { code: converted } = await run('dcmconv', ['+te', out, explicit])
    if (converted !== 0) continue
    const { dataSet: bytes } = parsePart10(readFileSync(explicit))
    const { dataSet } = ExplicitDataSet.read(Buffer.from(bytes), 0, bytes.length)
    return { file: explicit, dataSet, tool: program }
  }
  return undefined
}
