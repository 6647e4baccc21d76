import { ArrowLeft, Plus, Waypoints } from 'lucide-react'
import { useState } from 'react'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { TopBar } from '../../../ui/TopBar.tsx'
import { Firings } from './Firings.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleList } from './RuleList.tsx'
import css from './RulesPage.module.css'
import { isChanged, useRuleDraft } from './ruleDraft.ts'
import { UnsavedRule } from './UnsavedRule.tsx'
import { useRules } from './useRules.ts'

/** What devices send goes on by itself: rules at the left with what they did, the chosen one at the right. */
export function RulesPage({ onBack }: { onBack(): void }) {
  const rules = useRules()
  const { chosen, draft } = useRuleDraft()
  const [pending, setPending] = useState<{ to: number | 'new' | undefined }>()
  const rule = rules?.find(({ ruleId }) => ruleId === chosen)
  const isOpen = rule !== undefined || chosen === 'new'
  const go = (to: number | 'new' | undefined) => {
    setPending(undefined)
    useRuleDraft.setState({ chosen: to, draft: undefined })
  }
  const choose = (to: number | 'new' | undefined) => {
    if (to === chosen && isOpen) return
    if (isOpen && isChanged(rule, draft)) setPending({ to })
    else go(to)
  }
  return (
    <>
      <TopBar title="Rules">
        <Button variant="plain" icon={ArrowLeft} onClick={onBack}>
          Transfers
        </Button>
        <span className={css.grow} />
        <Button icon={Plus} onClick={() => choose('new')}>
          New rule
        </Button>
      </TopBar>
      <div className={css.page}>
        <section className={css.left} aria-label="Rules" data-region>
          {!rules ? (
            <Bars />
          ) : rules.length === 0 && chosen !== 'new' ? (
            <EmptyState
              icon={Waypoints}
              title="No rule yet"
              actions={
                <Button variant="primary" icon={Plus} onClick={() => choose('new')}>
                  New rule
                </Button>
              }
            >
              A rule sends on what devices send here: all CT to the hospital, what one scanner makes to teleradiology.
              It can also fetch earlier studies, tell you, or tidy up what is proved to be elsewhere. Nothing goes
              before you have seen what it would have sent, and switched it on.
            </EmptyState>
          ) : (
            <RuleList rules={rules} chosen={chosen} onChoose={choose} />
          )}
          <Firings news={rules} />
        </section>
        {isOpen && <RuleEditor key={chosen} rule={rule} onClose={() => choose(undefined)} />}
        {pending && (
          <UnsavedRule
            name={rule?.name ?? 'The new rule'}
            onKeep={() => setPending(undefined)}
            onDiscard={() => go(pending.to)}
          />
        )}
      </div>
    </>
  )
}
