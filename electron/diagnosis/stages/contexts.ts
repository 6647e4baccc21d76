import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import { ourValues } from '../adviceFor.ts'
import { echoCommand } from '../commandLines.ts'
import { serviceNames } from '../proposal.ts'
import type { Stage } from '../stage.ts'

/** PS3.8 9.3.3.2: which of the services that we need does it take on? */
export const contexts: Stage = {
  stage: 'contexts',
  title: () => 'Contexts',
  async run(context) {
    const { found, call } = context
    const answers = found.association?.negotiated?.contexts ?? []
    const accepted = answers.filter(({ result }) => result === 0)
    const detail = `${accepted.length} of ${answers.length} accepted`
    const names = serviceNames(accepted.map(({ abstractSyntax }) => abstractSyntax))
    if (accepted.some(({ abstractSyntax }) => abstractSyntax === VERIFICATION))
      return { result: 'pass', detail: `${detail}: ${names}` }
    if (accepted.length > 0)
      return { result: 'warn', detail: `${detail}, not the echo: ${names}`, advice: noEcho(call.serverName) }
    return {
      result: 'fail',
      ends: true,
      detail,
      advice: {
        what: `${call.serverName} lets us in and then offers us nothing: no echo, no query, no retrieve.`,
        who: 'administrator',
        how: `The administrator enables the services for ${call.callingAETitle}.`,
        values: ourValues(context),
        commands: [echoCommand(context)],
      },
    }
  },
}

const noEcho = (serverName: string) => ({
  what: `${serverName} does not offer the echo to us.`,
  who: 'administrator' as const,
  how: 'Every DICOM server is meant to offer it (PS3.4 A); the other services work without.',
  values: [],
  commands: [],
})
