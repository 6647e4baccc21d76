import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Orthanc's plugin for DICOMweb, both ways. */
export const ORTHANC_DICOMWEB = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so'

/** The program that a suite calls, or a file that it needs, and the Debian package that brings it. */
const PROGRAMS: Record<string, string> = {
  chromium: 'chromium',
  storescp: 'dcmtk',
  Orthanc: 'orthanc',
  strace: 'strace',
  gdcmconv: 'libgdcm-tools',
  dciodvfy: 'dicom3tools',
  ip: 'iproute2',
  ping: 'iputils-ping',
  [ORTHANC_DICOMWEB]: 'orthanc-dicomweb',
}

/** Programs are looked up on PATH and in sbin, where Debian puts Orthanc. */
export function find(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, program)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A mirror that says nothing is given up and tried again; whoever else installs something is waited for. */
const PATIENCE =
  '-o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120'

/**
 * Installs what is missing when root on Debian, saying so; elsewhere prints the one command that does.
 * What is still missing afterwards makes its tests skip, each with its reason.
 */
export function installMissingPackages(): void {
  const missing = Object.keys(PROGRAMS).filter((program) =>
    program.startsWith('/') ? !existsSync(program) : !find(program),
  )
  if (missing.length === 0) return
  const packages = missing.map((program) => PROGRAMS[program] ?? program)
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (!isRootOnDebian) {
    console.log(`Tests that need ${missing.join(', ')} are skipped. To run them: sudo ${command}`)
    return
  }
  console.log(`Installing what the tests need: ${command}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const patient = command.replace('apt-get', `apt-get ${PATIENCE}`)
  for (const line of [`apt-get ${PATIENCE} update -q`, patient]) {
    const isDone = [1, 2, 3].some(
      () =>
        spawnSync('/bin/sh', ['-c', line], { stdio: ['ignore', 'inherit', 'inherit'], env: environment }).status === 0,
    )
    if (!isDone) return void console.error(`This failed three times: ${line}`)
  }
  keepServicesQuiet()
}

/** Debian starts Orthanc as a service when it installs it; the tests start their own, on free ports. */
function keepServicesQuiet(): void {
  spawnSync('/bin/sh', ['-c', 'service orthanc stop'], { stdio: 'ignore' })
}
