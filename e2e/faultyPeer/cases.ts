import type { FaultyCase } from './faultyCase.ts'
import { commands } from './scp/commands.ts'
import { contexts } from './scp/contexts.ts'
import { dataSets } from './scp/dataSets.ts'
import { endings } from './scp/endings.ts'
import { floods } from './scp/floods.ts'
import { outOfState } from './scp/outOfState.ts'
import { pduLengths } from './scp/pduLengths.ts'
import { values } from './scp/values.ts'
import { answers } from './scu/answers.ts'
import { associations } from './scu/associations.ts'
import { matches } from './scu/matches.ts'

/** Our listener under a faulty SCU first, then our own calls to a faulty SCP. */
export const cases: FaultyCase[] = [
  ...pduLengths,
  ...outOfState,
  ...values,
  ...contexts,
  ...commands,
  ...dataSets,
  ...endings,
  ...floods,
  ...associations,
  ...answers,
  ...matches,
]
