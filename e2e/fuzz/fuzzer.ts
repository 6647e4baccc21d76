import type { Watch } from '../faultyPeer/watch.ts'
import { note } from '../run/notes.ts'
import type { openAnswering } from './answering.ts'
import { call } from './play.ts'
import { type Library, type Session, sessionOf } from './session.ts'

/** Sessions between two looks at the workstation. */
const BATCH = 960
/** Where a batch broke something it is played again in parts of this size, and a part that breaks it one by one. */
const PART = 32
const TOLD_EVERY = 10_000

export interface FuzzerOptions {
  seed: number
  library: Library
  answering: Awaited<ReturnType<typeof openAnswering>>
  watch: Watch
  port: number
}

/** Plays mutated sessions against the workstation until so many PDUs were mutated, or one of them broke it. */
export class Fuzzer {
  static readonly atATime = 24
  mutated = 0
  private readonly options: FuzzerOptions

  constructor(options: FuzzerOptions) {
    this.options = options
  }

  /** What broke; none when all is well. */
  async run(count: number): Promise<string[]> {
    let told = 0
    for (let number = 0; this.mutated < count; number += BATCH) {
      const sessions = Array.from({ length: BATCH }, (_, i) => this.session(number + i))
      const problems = await this.look(sessions)
      const failures = problems.length > 0 ? await this.narrow(sessions, problems) : []
      if (failures.length > 0) return failures
      if (Math.floor(this.mutated / TOLD_EVERY) === told) continue
      told = Math.floor(this.mutated / TOLD_EVERY)
      const { bytes } = await this.options.watch.memory()
      console.log(`ok     ${this.mutated} PDUs in ${number + BATCH} sessions; ${(bytes / 1024 ** 2).toFixed(0)} MB`)
    }
    return []
  }

  async replay(number: number): Promise<string[]> {
    const session = this.session(number)
    const sizes = session.steps.map(({ bytes }) => bytes.length).join(', ')
    console.log(`session ${number}: ${session.name}, as ${session.side}, ${session.mutated} mutated; ${sizes} bytes`)
    for (const { bytes } of session.steps) console.log(`  ${bytes.subarray(0, 100).toString('hex')}`)
    return this.look([session])
  }

  private session(number: number): Session {
    const { seed, library } = this.options
    return sessionOf(seed, number, library)
  }

  private async look(sessions: Session[]): Promise<string[]> {
    const { watch } = this.options
    watch.begin()
    const waiting = [...sessions]
    const stuck: string[] = []
    const work = async () => {
      for (let session = waiting.shift(); session; session = waiting.shift()) {
        if (!(await this.play(session))) stuck.push(`session ${session.number} (${session.name}) got no answer`)
        this.mutated += session.mutated
      }
    }
    await Promise.all(Array.from({ length: Fuzzer.atATime }, work))
    return [...stuck, ...(await watch.problems())]
  }

  private play(session: Session): Promise<boolean> {
    const { answering, port } = this.options
    return session.side === 'called' ? answering.answer(session) : call(port, session)
  }

  /** Which of them was it? None where all of them pass a second time, in parts and together, and nothing broke. */
  private async narrow(sessions: Session[], found: string[]): Promise<string[]> {
    const { seed, watch } = this.options
    await watch.calm()
    const failures: string[] = []
    for (let at = 0; at < sessions.length && failures.length === 0; at += PART) {
      const part = sessions.slice(at, at + PART)
      if ((await this.look(part)).length === 0) continue
      for (const session of part) {
        const [problem] = await this.look([session])
        if (problem) failures.push(`--seed ${seed} --only ${session.number} (${session.name}): ${problem}`)
      }
    }
    const range = `sessions ${sessions[0]?.number} to ${sessions.at(-1)?.number} of seed ${seed}`
    if (failures.length > 0) return failures
    const isExcused = watch.isWhole && (await this.look(sessions)).length === 0
    if (!isExcused) return [`${range}, together: ${found.join('; ')}`]
    note({ kind: 'FLAKY', name: `fuzz: ${range} passed at their second try`, text: found.join('\n') })
    return []
  }
}
