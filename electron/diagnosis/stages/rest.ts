import { isWebAlone, type Probe } from '#shared/contract/rest.ts'
import { restCommand } from '../commandLines.ts'
import { type DiagnosisContext, notRun, type Stage } from '../stage.ts'

/** R041: does its web interface answer, and what does it say of itself? Only a server without DICOM stands and falls with it. */
export const rest: Stage = {
  stage: 'rest',
  title: ({ server }) => (server.restKind === 'orthanc' ? 'REST /system' : 'DICOMweb'),
  async run(context, signal) {
    const { server, web, parts, found } = context
    if (!server.restOn) return notRun('switched off for this server')
    const probe = web ? await parts.dicomweb.probe(web, undefined, signal) : NO_ADDRESS
    if (probe.ok) {
      if (isWebAlone(server)) found.echoMs = probe.elapsedMs
      const facts = probe.facts.filter(
        ({ label }) => server.restKind === 'orthanc' && ['Version', 'Patients', 'Studies'].includes(label),
      )
      const said = facts.map(({ label, value }) =>
        label === 'Version' ? value : countText(value, label.toLowerCase()),
      )
      return { result: 'pass', detail: ['answers', ...said].join(', '), elapsedMs: probe.elapsedMs }
    }
    const alone = isWebAlone(server)
    return {
      result: alone ? 'fail' : 'warn',
      ...(alone ? { ends: true } : {}),
      detail: probe.technical || 'no answer',
      elapsedMs: probe.elapsedMs,
      advice: {
        what: probe.sentence,
        ...remedyOf(probe, context),
        commands: web ? [restCommand(server.restKind, web)] : [],
      },
    }
  },
}

/** `1 patient`, `12 patients` */
const countText = (count: string, many: string) =>
  `${count} ${count !== '1' ? many : many.replace(/(ie)?s$/, (end) => (end === 'ies' ? 'y' : ''))}`

const NO_ADDRESS: Probe = {
  ...{ ok: false, elapsedMs: 0, technical: 'no address', facts: [], suggestion: null },
  sentence: 'There is no web address to call.',
}

function remedyOf({ technical }: Probe, { server }: DiagnosisContext) {
  const values = [{ label: 'Web address', value: server.restUrl }]
  if (technical === 'HTTP 401')
    return {
      ...{ who: 'you' as const, how: 'Type user and password, or the token, again under Web interface.' },
      values: server.restUser ? [...values, { label: 'User', value: server.restUser }] : values,
    }
  if (technical.startsWith('no ') || technical === 'HTTP 404' || /^(text|application)\//.test(technical))
    return { who: 'you' as const, how: 'Put it right under Web interface, and press Probe there.', values }
  return {
    ...{ who: 'administrator' as const, values },
    how: 'The administrator starts its web interface, or says under which address and user it answers.',
  }
}
