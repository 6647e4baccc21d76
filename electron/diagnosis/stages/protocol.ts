import type { Advice } from '#shared/contract/diagnosis.ts'
import { adviceFor } from '../adviceFor.ts'
import { certificateCommand, echoCommand, whoListensCommand } from '../commandLines.ts'
import { serviceProposal } from '../proposal.ts'
import { speaksHttp, speaksTls } from '../speaks.ts'
import type { DiagnosisContext, Stage, StageOutcome } from '../stage.ts'

const PROBE_MS = 3000

/** Is what answers at the port DICOM, TLS, a web server, or nobody? The association itself is the question. */
export const protocol: Stage = {
  stage: 'protocol',
  title: ({ peer }) => (peer.tls ? 'Speaks TLS' : 'Speaks DICOM'),
  run: (context, signal) => (context.peer.tls ? overTls(context, signal) : plain(context, signal)),
}

async function plain(context: DiagnosisContext, signal: AbortSignal): Promise<StageOutcome> {
  const code = await associate(context, signal)
  if (code === undefined || code === 'REJECTED') return { result: 'pass', detail: 'plain, no TLS' }
  const { host, port } = context.peer
  if (await speaksTls(host, port, PROBE_MS, signal)) return fail('it speaks TLS', needsTls(context))
  if (code === 'ABORTED') return { result: 'pass', detail: 'plain, no TLS' }
  if (await speaksHttp(host, port, PROBE_MS, signal)) return fail('a web server', webServer(context))
  return stranger(context)
}

async function overTls(context: DiagnosisContext, signal: AbortSignal): Promise<StageOutcome> {
  const { host, port } = context.peer
  if (await speaksTls(host, port, PROBE_MS, signal)) return { result: 'pass', detail: 'TLS' }
  const bare: DiagnosisContext = { ...context, peer: { ...context.peer, tls: undefined } }
  const code = await associate(bare, signal)
  if (code === undefined || code === 'REJECTED' || code === 'ABORTED')
    return fail('DICOM without TLS', withoutTls(context))
  if (await speaksHttp(host, port, PROBE_MS, signal)) return fail('a web server without TLS', webServer(context))
  return stranger(context)
}

/** The code of why there is none. */
async function associate(context: DiagnosisContext, signal: AbortSignal): Promise<string | undefined> {
  const { parts, peer, server, found } = context
  const startedAt = performance.now()
  const took = () => performance.now() - startedAt
  try {
    const negotiated = await parts.node.negotiate(peer, serviceProposal(server.queryRetrieve), signal)
    found.association = { negotiated, elapsedMs: took() }
    return undefined
  } catch (error) {
    found.association = { error, elapsedMs: took() }
    return adviceFor(context, error).code
  }
}

function fail(detail: string, advice: Advice): StageOutcome {
  return { result: 'fail', ends: true, detail, advice }
}

/** Neither DICOM, TLS nor HTTP: what the association found stands. */
function stranger(context: DiagnosisContext): StageOutcome {
  const { detail, advice, code } = adviceFor(context, context.found.association?.error)
  const what =
    code === 'LOST'
      ? `Port ${context.peer.port} of ${context.peer.host} takes the connection and closes it at once.`
      : advice.what
  const how =
    code === 'LOST'
      ? 'The administrator checks that this is its DICOM port, and that it lets our address in.'
      : 'The administrator says which port is for DICOM, and looks whether its service hangs.'
  const words = code === 'LOST' ? 'closes at once' : code === 'TIMED_OUT' ? 'silent' : detail
  return fail(words, {
    ...advice,
    what,
    who: 'administrator',
    how,
    values: [
      { label: 'Our address', value: context.call.ourAddress },
      { label: 'Port', value: String(context.peer.port) },
    ],
    commands: [...advice.commands, whoListensCommand(context.peer.port)],
  })
}

function needsTls({ peer, call }: DiagnosisContext): Advice {
  return {
    what: `Port ${peer.port} of ${call.serverName} speaks TLS, and we called it without.`,
    who: 'you',
    how: 'Tick TLS for this server, or ask its administrator for the port without TLS.',
    values: [],
    commands: [certificateCommand(peer.host, peer.port, peer.host)],
  }
}

function withoutTls(context: DiagnosisContext): Advice {
  const { peer, call } = context
  return {
    what: `Port ${peer.port} of ${call.serverName} answers, but not with TLS: it speaks DICOM without.`,
    who: 'you',
    how: 'Ask its administrator for the TLS port (often 2762), or switch TLS off here.',
    values: [],
    commands: [echoCommand({ ...context, peer: { ...peer, tls: undefined } })],
  }
}

function webServer({ peer }: DiagnosisContext): Advice {
  return {
    what: `Something answers on port ${peer.port}, but it is a web server. The DICOM port is another one, often 4242 or 104.`,
    who: 'you',
    how: 'Ask its administrator for the DICOM port, and enter it.',
    values: [{ label: 'Port', value: String(peer.port) }],
    commands: [],
  }
}
