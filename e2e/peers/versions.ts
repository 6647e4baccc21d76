import { spawnSync } from 'node:child_process'
import { find } from '../run/debianPackages.ts'

/** As they stand in the conformance statement; without a number where they are not installed. */
export const DCMTK = `DCMTK ${versionOf('storescp', /storescp v([\d.]+)/)}`.trim()
export const ORTHANC = `Orthanc ${versionOf('Orthanc', /Orthanc ([\d.]+)/)}`.trim()

function versionOf(program: string, pattern: RegExp): string {
  const path = find(program)
  if (path === undefined) return ''
  return pattern.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? ''
}

/** What a DCMTK program says of its options. */
export function optionsOf(program: string): string {
  const { stdout, stderr } = spawnSync(program, ['--help'], { encoding: 'utf8' })
  return stdout + stderr
}
