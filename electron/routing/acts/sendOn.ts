import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { chooseInstances } from '../chooseInstances.ts'
import { type Act, nothingDone } from './act.ts'
import { orderId } from './orderId.ts'

/** What fits goes to the server. */
export function sendOn({ transfers }: { transfers: Pick<Transfers, 'send'> }): Act {
  return async ({ rule, instances }, server) => {
    const { name: serverName, serverId } = server
    const { chosen, fromThere } = chooseInstances(instances, rule.conditions, server)
    if (chosen.length > 0) {
      const names = chosen.map(({ instanceId, attributes }) => `${instanceId} ${attributes.SOPInstanceUID ?? ''}`)
      const selection = { instanceIds: chosen.map(({ instanceId }) => instanceId) }
      const order = { serverIds: [serverId], selection, priority: rule.priority, ruleName: rule.name }
      const [transferId = ''] = await transfers.send({
        ...order,
        transferId: orderId([rule.ruleId, serverId, ...names]),
      })
      return { serverName, images: chosen.length, transferId, note: '' }
    }
    if (fromThere === 0) return undefined
    return nothingDone(serverName, `Not sent: the images came from ${serverName} itself.`)
  }
}
