import type { RuleRow } from '#shared/contract/rules.ts'
import { useServers } from '../../../api/workstation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import css from './RulesPage.module.css'
import { actionText, conditionsText, whenText } from './ruleText.ts'

interface RuleListProps {
  rules: readonly RuleRow[]
  chosen: number | 'new' | undefined
  onChoose(ruleId: number): void
}

export function RuleList({ rules, chosen, onChoose }: RuleListProps) {
  const servers = useServers() ?? []
  const names = (rule: RuleRow) =>
    rule.serverIds
      .map((id) => servers.find(({ serverId }) => serverId === id)?.name ?? 'a server that is gone')
      .join(', ')
  return (
    <ul className={css.list}>
      {rules.map((rule) => (
        <li key={rule.ruleId}>
          <button
            type="button"
            className={css.rule}
            aria-pressed={rule.ruleId === chosen}
            onClick={() => onChoose(rule.ruleId)}
          >
            {rule.isOn ? <StatusWord status="online">On</StatusWord> : <StatusWord status="quiet">Off</StatusWord>}
            <span className={`${css.name} ellipsis`}>{actionText(rule, names(rule))}</span>
            <span className={css.when}>
              {rule.fired > 0
                ? `${formatCount(rule.fired, 'image')} so far`
                : rule.lastFiredAt === null
                  ? 'nothing yet'
                  : ''}
            </span>
            <span className={`${css.what} ellipsis`}>{`${conditionsText(rule.conditions)}. ${whenText(rule)}.`}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
