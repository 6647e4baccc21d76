import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { type Spawned, type SpawnOptions, start, stop } from '../workstation/spawned.ts'
import { until } from '../workstation/until.ts'

const scripts = join(import.meta.dirname, 'pynetdicom')
/** Of a request of `device.py`. */
type Asked =
  | { do: 'find'; keys: AttributeSet }
  | { do: 'create' | 'set'; uid: string; attributes: AttributeSet }
  | { do: 'get'; uid: string; tags: string[] }
interface Told {
  status: string
  found: AttributeSet[]
}
/** A line of `clinic.py`. */
export interface Heard {
  event: 'listening' | 'find' | 'create' | 'set'
  port: number
  uid: string
  status: string
  keys: AttributeSet
  attributes: AttributeSet
}

/** The Python that can import it, and how it calls itself; undefined where there is none. */
export const pynetdicom = look()

/** Printed where its pairs cannot be run. It is no package of any system: a checkout is named. */
export const withoutPynetdicom = pynetdicom
  ? ''
  : 'skipped      pynetdicom: set PYNETDICOM_DIR to a checkout of github.com/pydicom/pynetdicom at v2.0.2, with python3-pydicom 2.x beside it'

function look(): { python: string; title: string } | undefined {
  if (!process.env.PYNETDICOM_DIR) return undefined
  const said = 'import pynetdicom; print("pynetdicom " + pynetdicom.__version__)'
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const python of folders.map((folder) => join(folder, 'python3'))) {
    const { status, stdout } = spawnSync(python, ['-c', said], { encoding: 'utf8', env: withItsPath() })
    if (status === 0) return { python, title: stdout.trim() }
  }
  return undefined
}

function withItsPath(): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONPATH: process.env.PYNETDICOM_DIR, PYTHONDONTWRITEBYTECODE: '1' }
}

const options: SpawnOptions = {
  input: true,
  environment: { PYTHONPATH: process.env.PYNETDICOM_DIR ?? '', PYTHONDONTWRITEBYTECODE: '1' },
}

/** What it is answered, request by request, over one association. */
export async function askByPynetdicom(
  to: { aeTitle: string; port: number },
  calling: string,
  requests: readonly Asked[],
): Promise<Told[]> {
  const spawned = start(
    pynetdicom?.python ?? '',
    [join(scripts, 'device.py'), String(to.port), to.aeTitle, calling],
    options,
  )
  spawned.child.stdin?.end(JSON.stringify(requests))
  const code = await spawned.exitCode
  if (code !== 0) throw new Error(`pynetdicom ended with ${code}: ${spawned.stderr().slice(-500)}`)
  return lines<Told>(spawned)
}

/** A clinic's server with these worklist entries; `heard` is what it was asked and told so far. */
export async function startPynetdicom(entries: readonly AttributeSet[]) {
  const aeTitle = 'PYNETDICOM'
  const spawned = start(pynetdicom?.python ?? '', [join(scripts, 'clinic.py'), aeTitle], options)
  spawned.child.stdin?.end(JSON.stringify(entries))
  const heard = () => lines<Heard>(spawned)
  const { port } = await until('pynetdicom', () => {
    if (spawned.child.exitCode !== null) throw new Error(spawned.stderr().slice(-500))
    return heard()[0]
  })
  return { aeTitle, port, heard, [Symbol.asyncDispose]: () => stop(spawned) }
}

/** Whole lines of JSON. */
function lines<Line>(spawned: Spawned): Line[] {
  const whole = spawned.stdout().split('\n').slice(0, -1)
  return whole.filter((line) => line !== '').map((line) => JSON.parse(line) as Line)
}
