import { AssociationError } from '#electron/dicom/associationError.ts'
import type { Probe } from '#shared/contract/rest.ts'
import { orthanc } from './orthanc.ts'
import { qido } from './qido.ts'
import type { WebServer } from './webApi.ts'
import { webFailure } from './webFailure.ts'

/** Is it there, are we let in, what is it? Rejects for a cancel only. */
export async function probe(server: WebServer, signal: AbortSignal): Promise<Probe> {
  const begun = performance.now()
  const timed = () => ({ elapsedMs: performance.now() - begun })
  try {
    const found =
      server.orthancPath === undefined ? await askDicomweb(server, signal) : await askOrthanc(server, signal)
    return { ok: true, technical: 'HTTP 200', suggestion: null, ...found, ...timed() }
  } catch (thrown) {
    const { message, details } = failureOf(thrown, server, signal)
    if (details.code === 'CANCELLED') throw thrown
    const technical = [details.cause, details.code === 'HTTP' ? '' : details.code].filter(Boolean).join(', ')
    // Who is not let in, or does not get there, hears of no other kind either.
    const isOther = details.code === 'HTTP' && details.status !== 401 && details.status !== 403
    const suggestion = isOther ? await otherKind(server, signal) : null
    const hint =
      suggestion === null
        ? ''
        : `${suggestion.kind === 'orthanc' ? 'An Orthanc' : 'A DICOMweb server'} answers at ${suggestion.url}: the kind chosen here is the other one. `
    return {
      ok: false,
      sentence: `${hint}${details.sentence ?? message}`,
      technical,
      facts: [],
      suggestion,
      ...timed(),
    }
  }
}

async function askOrthanc(server: WebServer, signal: AbortSignal): Promise<Pick<Probe, 'sentence' | 'facts'>> {
  const { Name = '', Version, DicomAet = '' } = await orthanc.system(server, signal)
  const { CountPatients, CountStudies, CountInstances } = await orthanc.statistics(server, signal)
  await orthanc.patients(server, signal)
  const last = await orthanc.lastChange(server, signal)
  const plugin = await orthanc.dicomweb(server, signal).catch(() => undefined)
  if (signal.aborted) throw new Error('Aborted')
  const number = (value: number) => new Intl.NumberFormat('en').format(value)
  return {
    sentence: `Orthanc ${Version} answers, with ${number(CountPatients)} ${CountPatients === 1 ? 'patient' : 'patients'}.${plugin ? '' : ' Its DICOMweb plugin is not there: search, retrieve and send go by DICOM, and stay unticked here.'}`,
    facts: [
      ...(Name ? [{ label: 'Name', value: Name }] : []),
      { label: 'Version', value: `Orthanc ${Version}` },
      ...(DicomAet ? [{ label: 'AE title', value: DicomAet }] : []),
      { label: 'Patients', value: number(CountPatients) },
      { label: 'Studies', value: number(CountStudies) },
      { label: 'Images', value: number(CountInstances) },
      { label: 'Last change', value: number(last) },
      { label: 'DICOMweb', value: plugin ? `plugin ${plugin.Version}` : 'not installed' },
    ],
  }
}

async function askDicomweb(
  server: WebServer,
  signal: AbortSignal,
): Promise<Pick<Probe, 'sentence' | 'facts' | 'suggestion'>> {
  let found = 0
  const keys = { StudyInstanceUID: '', StudyDate: '' }
  for await (const _ of qido(server, { level: 'STUDY', keys }, signal)) {
    found += 1
    break
  }
  const suggestion = await orthancThere(server, signal)
  const more = suggestion ? ' It is an Orthanc: chosen as one it also tells patients, counts and changes.' : ''
  const nothing = found === 0 ? ' It shows no study: it is empty, or this user sees none.' : ''
  return {
    sentence: `${server.name} answers by DICOMweb.${nothing}${more}`,
    suggestion,
    facts: [
      { label: 'Search (QIDO-RS)', value: 'answers' },
      { label: 'Studies', value: found === 0 ? 'none shown' : 'shown' },
    ],
  }
}

/** At the same web site: an Orthanc where DICOMweb was expected, and the other way round. */
async function otherKind(server: WebServer, signal: AbortSignal): Promise<Probe['suggestion']> {
  const { origin, dicomwebPath } = server
  try {
    if (server.orthancPath === undefined) return await orthancThere(server, signal)
    const path = dicomwebPath.replace(/\/dicom-web$/, '')
    await askDicomweb({ ...server, orthancPath: undefined, dicomwebPath: path }, signal)
    return { kind: 'dicomweb', url: `${origin}${path}` }
  } catch {
    return null
  }
}

/** Orthanc's plugin stands below its own interface, at `/dicom-web` unless somebody moved it. */
async function orthancThere(server: WebServer, signal: AbortSignal): Promise<Probe['suggestion']> {
  if (server.orthancPath !== undefined) return null
  const path = server.dicomwebPath.replace(/\/dicom-web$/, '')
  try {
    await orthanc.system({ ...server, orthancPath: path }, signal)
    return { kind: 'orthanc', url: `${server.origin}${path}` }
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}

function failureOf(thrown: unknown, server: WebServer, signal: AbortSignal): AssociationError {
  const error = webFailure(thrown, server, signal)
  return error instanceof AssociationError
    ? error
    : new AssociationError('INTERNAL', `${server.name} could not be asked.`)
}
