import type { Notices } from '#electron/notices/notices.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { fulfilsAll } from '#shared/routing/condition.ts'
import { type Act, type Acted, nothingDone, type Occasion } from './acts/act.ts'
import { type FetchPriorsParts, fetchPriors } from './acts/fetchPriors.ts'
import { sendOn } from './acts/sendOn.ts'
import { type TrashParts, trashProved } from './acts/trashProved.ts'
import { attributesOf } from './chooseInstances.ts'

export interface PerformParts extends FetchPriorsParts {
  trash: TrashParts
  send: Parameters<typeof sendOn>[0]
  servers: Pick<ServerList, 'rows'>
  notices: Pick<Notices, 'add'>
}

/** Does what a rule says about an occasion. `not-yet`: nothing is noted, and it is looked at again. */
export type Perform = (occasion: Occasion) => Promise<Acted[] | 'not-yet'>

const GONE = 'This server is no longer in the list. Choose another one in the rule.'

export function performer(parts: PerformParts): Perform {
  const send = sendOn(parts.send)
  const priors = fetchPriors(parts)
  return async (occasion) => {
    const { rule, studyId, instances } = occasion
    if (rule.action === 'notify') {
      const fitting = instances.filter((instance) => fulfilsAll(attributesOf(instance), rule.conditions))
      const [first] = fitting
      if (!first) return []
      const images = fitting.length === 1 ? '1 image' : `${fitting.length} images`
      const text = `${rule.name}: ${images}${first.callingAETitle === '' ? '' : ` from ${first.callingAETitle}`}`
      const notice = { at: parts.clock.now(), text, studyIds: [studyId] }
      parts.notices.add({ ...notice, source: '', level: null, serverId: null })
      return [{ ...nothingDone('', `Said: ${text}.`), images: fitting.length }]
    }
    const rows = parts.servers.rows()
    const servers = rule.serverIds.map((id) => rows.find(({ serverId }) => serverId === id))
    const known = servers.filter((server) => server !== undefined)
    if (rule.action === 'trash')
      // One that is gone can prove nothing.
      return known.length < servers.length || known.length === 0
        ? [nothingDone('', GONE)]
        : trashProved(parts.trash, occasion, known)
    const act: Act = rule.action === 'priors' ? priors : send
    const acted: Acted[] = known.length < servers.length ? [nothingDone('', GONE)] : []
    let waits = false
    for (const server of known) {
      const one = await act(occasion, server)
      if (one === 'not-yet') waits = true
      else if (one) acted.push(one)
    }
    return waits ? 'not-yet' : acted
  }
}
