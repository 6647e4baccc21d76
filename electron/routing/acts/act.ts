import type { ArrivedInstance, NewFiring } from '#electron/archive/routingApi.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { Rule } from '../ruleStore.ts'

/** What a rule is about at this moment. */
export interface Occasion {
  rule: Rule
  /** 0 where no study is here yet. */
  studyId: number
  title: string
  /** What came since the rule looked last; of a request, what it says of patient and examination. */
  instances: readonly ArrivedInstance[]
}

/** What became of it at one server; `serverName` '' where none has to do with it. */
export type Acted = Pick<NewFiring, 'serverName' | 'images' | 'transferId' | 'note'>

/** `not-yet`: it is looked at again, nothing was done. */
export type Act = (occasion: Occasion, server: ServerRow) => Promise<Acted | 'not-yet' | undefined>

export const nothingDone = (serverName: string, note: string): Acted => ({
  ...{ serverName, note },
  ...{ images: 0, transferId: '' },
})
