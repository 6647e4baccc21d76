import { Trash2 } from 'lucide-react'
import { type RuleRow, ruleFields } from '#shared/contract/rules.ts'
import { client } from '../../../api/client.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { showToast } from '../../../ui/toast.ts'
import { useRuleDraft } from './ruleDraft.ts'

/** Undo rather than ask: it comes back as it stood, on where it was on. */
export async function deleteRule(rule: RuleRow): Promise<void> {
  try {
    await client.rules.delete({ ruleId: rule.ruleId })
  } catch (error) {
    return showFailure(error)
  }
  useRuleDraft.setState({ chosen: undefined, draft: undefined })
  const onAct = () => void bringBack(rule).catch(showFailure)
  showToast({ icon: Trash2, message: `Deleted rule ${rule.name}`, action: { label: 'Undo', undo: true, onAct } })
}

async function bringBack(rule: RuleRow): Promise<void> {
  const { ruleId } = await client.rules.add({ fields: ruleFields.parse(rule) })
  if (rule.isOn) await client.rules.switch({ ruleId, isOn: true })
  useRuleDraft.setState({ chosen: ruleId, draft: undefined })
}
