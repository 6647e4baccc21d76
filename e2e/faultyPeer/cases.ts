import type { FaultyCase } from './faultyCase.ts'
import { commands } from './scp/commands.ts'
import { commitments } from './scp/commitments.ts'
import { contexts } from './scp/contexts.ts'
import { dataSets } from './scp/dataSets.ts'
import { endings } from './scp/endings.ts'
import { floods } from './scp/floods.ts'
import { outOfState } from './scp/outOfState.ts'
import { patience } from './scp/patience.ts'
import { pduLengths } from './scp/pduLengths.ts'
import { queries } from './scp/queries.ts'
import { values } from './scp/values.ts'
import { answers } from './scu/answers.ts'
import { associations } from './scu/associations.ts'
import { asksToCommit, gets } from './scu/gets.ts'
import { matches } from './scu/matches.ts'

/** Our listener under a faulty SCU. */
export const listening: FaultyCase[] = [
  ...pduLengths,
  ...outOfState,
  ...values,
  ...contexts,
  ...commands,
  ...dataSets,
  ...queries,
  ...commitments,
  ...endings,
  ...patience,
]

/** Our own calls to a faulty SCP. */
export const calling: FaultyCase[] = [...associations, ...answers, ...matches, ...gets, ...asksToCommit]

/** What takes all of the machine: with another workstation beside it, that one's innocent device would wait for us. */
export const alone: FaultyCase[] = floods
