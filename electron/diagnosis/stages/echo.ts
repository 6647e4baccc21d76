import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import { adviceFor } from '../adviceFor.ts'
import { notRun, type Stage } from '../stage.ts'

/** PS3.4 A: the smallest question that there is. */
export const echo: Stage = {
  stage: 'echo',
  title: () => 'Echo',
  async run(context, signal) {
    const { found, parts, peer } = context
    const answers = found.association?.negotiated?.contexts ?? []
    if (!answers.some(({ abstractSyntax, result }) => abstractSyntax === VERIFICATION && result === 0))
      return notRun('not offered')
    try {
      const { elapsedMs } = await parts.node.echo(peer, signal)
      found.echoMs = elapsedMs
      return { result: 'pass', detail: 'answered, status 0000', elapsedMs }
    } catch (error) {
      const { detail, advice } = adviceFor(context, error)
      return { result: 'fail', detail, advice }
    }
  },
}
