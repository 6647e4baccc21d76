import type { Peer } from '#electron/dicom/nodeApi.ts'
import type { Listening } from '#electron/listening/listener.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { peerOf } from '#electron/servers/peer.ts'
import { storePeerOf } from '#electron/servers/storePeer.ts'
import { queryPeerOf, retrievePeerOf, sendPeerOf, webRouteOf } from '#electron/servers/webPeer.ts'
import type { DiagnosisOptions, DiagnosisRun, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import { isWebAlone } from '#shared/contract/rest.ts'
import type { EchoOutcome, ServerFields } from '#shared/contract/servers.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { allStages } from './allStages.ts'
import {
  type DiagnosisContext,
  type DiagnosisParts,
  type Found,
  notRun,
  type Stage,
  type StageOutcome,
} from './stage.ts'
import { outcomeOf, sentenceOf, verdictOf } from './verdict.ts'

export interface Diagnosed {
  run: DiagnosisRun
  /** Once it is finished. */
  outcome?: EchoOutcome
}

/** A person waits for the verdict: a server that hangs must not keep it from them. */
const CONNECT_TIMEOUT_MS = 6000
const ANSWER_TIMEOUT_MS = 15_000

export interface DiagnosisInput {
  serverId: number
  server: ServerFields
  settings: Settings
  listening: Listening
  options: DiagnosisOptions
}

/** Goes through the stages; yields the run as it stands after each change. Never throws: what goes wrong is a result. */
export async function* diagnose(
  parts: DiagnosisParts,
  input: DiagnosisInput,
  signal: AbortSignal,
): AsyncGenerator<Diagnosed> {
  const startedAt = Date.now()
  const begun = performance.now()
  const context = await contextOf(parts, input)
  const { peer, call, found } = context
  const steps: DiagnosisStep[] = allStages.map((stage) => stepOf(stage, context, 'waiting', ''))
  const run = (state: DiagnosisRun['state']): DiagnosisRun => ({
    startedAt,
    elapsedMs: performance.now() - begun,
    state,
    verdict: verdictOf(steps),
    sentence: state === 'running' ? '' : sentenceOf(call.serverName, found, steps),
    steps: structuredClone(steps),
    called: {
      name: call.serverName,
      aeTitle: peer.calledAETitle,
      host: peer.host,
      port: peer.port,
      tls: peer.tls !== undefined,
    },
    us: { aeTitle: peer.callingAETitle, address: call.ourAddress, port: input.server.listenPort },
    security: found.security ?? null,
  })
  let ended = false
  for (const [index, stage] of allStages.entries()) {
    if (ended || signal.aborted) {
      steps[index] = stepOf(stage, context, 'not-run', signal.aborted ? 'stopped' : 'not reached')
      continue
    }
    steps[index] = stepOf(stage, context, 'running', '')
    yield { run: run('running') }
    const since = performance.now()
    const outcome = isLeftOut(stage, context) ? notRun(WEB_ALONE) : await runStage(stage, context, signal)
    note(steps, index, { ...outcome, elapsedMs: outcome.elapsedMs ?? performance.now() - since }, context)
    ended = outcome.ends === true
    if (stage.stage === 'port' && outcome.result === 'pass') soften(steps)
  }
  const last = run(signal.aborted ? 'cancelled' : 'finished')
  yield signal.aborted ? { run: last } : { run: last, outcome: outcomeOf(last, found) }
}

async function contextOf(parts: DiagnosisParts, input: DiagnosisInput): Promise<DiagnosisContext> {
  const { serverId, settings, listening, options } = input
  const server = { ...input.server, serverId }
  const { certificates } = parts
  const web = webRouteOf(server, settings, certificates)
  const peer = peerOf(server, settings, certificates)
  // Nothing is called but its web interface: address, port and handshake are that one's.
  if (isWebAlone(server) && web) Object.assign(peer, { host: web.host, port: web.port, tls: web.tls })
  peer.connectTimeoutMs = Math.min(peer.connectTimeoutMs, CONNECT_TIMEOUT_MS)
  peer.dimseTimeoutMs = Math.min(peer.dimseTimeoutMs, ANSWER_TIMEOUT_MS)
  const patience = { connectTimeoutMs: peer.connectTimeoutMs, dimseTimeoutMs: peer.dimseTimeoutMs }
  const hasty = (one: Peer): Peer => ({
    ...{ ...one, ...patience },
    ...(one.web && { web: { ...one.web, ...patience, answerTimeoutMs: peer.dimseTimeoutMs } }),
  })
  const storePeer = { ...peer, ...placeOf(storePeerOf(server, settings, certificates)) }
  const queryPeer = hasty(queryPeerOf(server, settings, certificates))
  const sendPeer = hasty(sendPeerOf(server, settings, certificates))
  const retrievePeer = hasty(retrievePeerOf(server, settings, certificates))
  const found: Found = {
    addresses: [],
    pinged: false,
    association: undefined,
    echoMs: undefined,
    implementation: '',
    security: undefined,
    studies: [],
    studiesHere: new Set(),
    storageSyntaxes: new Map(),
    testImage: undefined,
  }
  const call = await callContext(peer)
  const hastyWeb = web && { ...web, ...patience, answerTimeoutMs: peer.dimseTimeoutMs }
  const peers = { peer, queryPeer, retrievePeer, sendPeer, storePeer, web: hastyWeb }
  return { server, settings, listening, options, parts, ...peers, call, found }
}

const WEB_ALONE = 'not used: everything goes over HTTP'
const DICOM_ONLY = new Set(['protocol', 'association', 'contexts', 'echo', 'storage'])

function isLeftOut({ stage }: Stage, { server }: DiagnosisContext): boolean {
  return isWebAlone(server) && DICOM_ONLY.has(stage)
}

async function runStage(stage: Stage, context: DiagnosisContext, signal: AbortSignal): Promise<StageOutcome> {
  try {
    return await stage.run(context, signal)
  } catch (error) {
    if (signal.aborted) return { result: 'not-run', detail: 'stopped' }
    const why = error instanceof Error ? error.name : 'unknown error'
    process.stderr.write(`negatoscope: diagnosis, ${stage.stage}: ${error instanceof Error ? error.stack : why}\n`)
    return { result: 'warn', detail: `could not be looked at (${why})` }
  }
}

function stepOf(
  stage: Stage,
  context: DiagnosisContext,
  result: DiagnosisStep['result'],
  detail: string,
): DiagnosisStep {
  return { stage: stage.stage, title: stage.title(context), result, detail, elapsedMs: null, advice: null }
}

/** Notes an outcome with its own stage, or with the earlier one that it tells of. */
function note(steps: DiagnosisStep[], index: number, outcome: StageOutcome, context: DiagnosisContext): void {
  const { result, detail, advice = null, elapsedMs = null, blames } = outcome
  const at = blames ? steps.findIndex(({ stage }) => stage === blames) : index
  const step = steps[at]
  const own = allStages[index]
  if (!step || !own) return
  steps[at] = { ...step, result, detail, advice, elapsedMs: result === 'not-run' ? null : elapsedMs }
  if (at !== index) steps[index] = stepOf(own, context, 'not-run', 'not reached')
}

/** Whoever is reached is reached, whatever the gateway keeps silent about. */
function soften(steps: DiagnosisStep[]): void {
  const index = steps.findIndex(({ stage, result }) => stage === 'route' && result === 'fail')
  const step = steps[index]
  if (step) steps[index] = { ...step, result: 'warn' }
}

const placeOf = ({ calledAETitle, host, port }: Peer) => ({ calledAETitle, host, port })
