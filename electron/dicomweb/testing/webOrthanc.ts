import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#electron/dicom/testing/freePort.ts'

const PROGRAM = ['/usr/sbin/Orthanc', '/usr/bin/Orthanc', '/usr/local/bin/Orthanc'].find(
  (path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0,
)
const PLUGIN = [
  '/usr/share/orthanc/plugins/libOrthancDicomWeb.so',
  '/usr/local/share/orthanc/plugins/libOrthancDicomWeb.so',
].find((path) => existsSync(path))

export const hasWebOrthanc = PROGRAM !== undefined && PLUGIN !== undefined

/** For tests: an Orthanc with its DICOMweb plugin behind user and password. */
export async function startWebOrthanc(folder: string) {
  const [dicomPort, httpPort] = [await freePort(), await freePort()]
  mkdirSync(join(folder, 'storage'), { recursive: true })
  const file = join(folder, 'orthanc.json')
  const configuration = {
    ...{ Name: 'PEER', StorageDirectory: join(folder, 'storage'), IndexDirectory: join(folder, 'storage') },
    ...{ DicomAet: 'ORTHANC', DicomPort: dicomPort, HttpPort: httpPort, RemoteAccessAllowed: false },
    ...{ AuthenticationEnabled: true, RegisteredUsers: { tester: 's3cret' }, Plugins: [PLUGIN] },
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  }
  writeFileSync(file, JSON.stringify(configuration))
  const headers = { authorization: `Basic ${Buffer.from('tester:s3cret').toString('base64')}` }
  const rest = async (method: string, path: string, body?: Uint8Array<ArrayBuffer>): Promise<unknown> => {
    const init: RequestInit = { method, headers, ...(body && { body }) }
    const answer = await fetch(`http://127.0.0.1:${httpPort}${path}`, init)
    if (!answer.ok) throw new Error(`Orthanc: ${method} ${path}: ${answer.status}`)
    return answer.json()
  }
  let child: ChildProcess | undefined
  const stop = async () => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }
  const start = async () => {
    child = spawn(PROGRAM ?? 'Orthanc', [file], { stdio: 'ignore' })
    const deadline = Date.now() + 60_000
    for (;;) {
      if (await rest('GET', '/system').catch(() => undefined)) return
      if (Date.now() > deadline) {
        await stop()
        throw new Error('Orthanc did not start')
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  await start()
  return { url: `http://127.0.0.1:${httpPort}`, httpPort, rest, start, stop }
}
