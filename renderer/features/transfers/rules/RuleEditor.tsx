import { Power, Save, Trash2, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { RuleFields, RuleRow } from '#shared/contract/rules.ts'
import { client } from '../../../api/client.ts'
import { useServers } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { TimeField } from '../../../ui/TimeField.tsx'
import { Conditions } from './Conditions.tsx'
import { deleteRule } from './deleteRule.ts'
import { PriorsFields } from './PriorsFields.tsx'
import css from './RulesPage.module.css'
import { RuleTrial } from './RuleTrial.tsx'
import { isChanged, savedFields, useRuleDraft } from './ruleDraft.ts'
import { actions, problemOf } from './ruleText.ts'

interface RuleEditorProps {
  rule: RuleRow | undefined
  onClose(): void
}

const targets = { send: 'Send to', priors: 'Ask', notify: '', trash: 'Proved by' }
const occasions: readonly { value: RuleFields['when']; label: string }[] = [
  { value: 'completed', label: 'A study is complete: nothing more comes for' },
  { value: 'received', label: 'As soon as a device stops sending' },
  { value: 'time', label: 'At a time of the day' },
  { value: 'ordered', label: 'An examination is requested' },
  { value: 'opened', label: 'A person opens a study' },
]
const isOfPriors = (when: RuleFields['when']) => when === 'ordered' || when === 'opened'

/** One rule: when, what, where to; beside it what it would have sent. It is switched on only as it was saved and seen. */
export function RuleEditor({ rule, onClose }: RuleEditorProps) {
  const servers = useServers() ?? []
  const typed = useRuleDraft((state) => state.draft)
  const draft = typed ?? savedFields(rule)
  const [problem, setProblem] = useState<string>()
  // What cannot be asked has no earlier studies to give.
  const offered = draft.action === 'priors' ? servers.filter(({ queryRetrieve }) => queryRetrieve) : servers
  const isNameless = problem !== undefined && draft.name.trim() === ''
  const isDirty = !rule || isChanged(rule, typed)
  useEffect(() => {
    // Saved: from now on it stands as the workstation has it, whoever changes it.
    if (!isDirty) useRuleDraft.setState({ draft: undefined })
  }, [isDirty])
  const set = (patch: Partial<RuleFields>) => {
    setProblem(undefined)
    useRuleDraft.setState({ draft: { ...draft, ...patch } })
  }
  const save = async () => {
    const wrong = problemOf(draft)
    if (wrong) return setProblem(wrong)
    try {
      const fields = { ...draft, name: draft.name.trim() }
      const kept = rule ?? (await client.rules.add({ fields }))
      if (rule) await client.rules.update({ ruleId: rule.ruleId, fields })
      useRuleDraft.setState({ chosen: kept.ruleId, draft: fields })
    } catch (error) {
      if (error instanceof ApiError) setProblem(error.message)
      else showFailure(error)
    }
  }
  const act = (work: Promise<unknown>) => void work.catch(showFailure)
  return (
    <section className={css.editor} aria-label="Rule" data-region>
      <div className={css.buttons}>
        <strong className="ellipsis">{rule ? rule.name : 'New rule'}</strong>
        <span className={css.grow} />
        <IconButton label="Close" icon={X} onClick={onClose} />
      </div>
      <TextField
        label="Name"
        value={draft.name}
        maxLength={64}
        onChange={(name) => set({ name })}
        error={isNameless ? problem : undefined}
      />
      <Select
        label="What"
        value={draft.action}
        options={actions}
        onChange={(action) =>
          set({ action, ...(action !== 'priors' && isOfPriors(draft.when) ? { when: 'completed' as const } : {}) })
        }
        help={actions.find(({ value }) => value === draft.action)?.help}
      />
      <div className={css.two}>
        <Select
          label="When"
          value={draft.when}
          options={occasions.filter(({ value }) => draft.action === 'priors' || !isOfPriors(value))}
          onChange={(when) => set({ when })}
        />
        {draft.when === 'time' && (
          <TimeField label="Time of the day" value={draft.timeOfDay} onChange={(timeOfDay) => set({ timeOfDay })} />
        )}
        {draft.when === 'completed' && (
          <TextField
            label="Quiet time"
            type="number"
            min={1}
            max={1440}
            trailing="min"
            value={String(draft.quietMinutes)}
            onChange={(text) => set({ quietMinutes: Math.max(1, Math.min(1440, Math.round(Number(text)) || 1)) })}
          />
        )}
      </div>
      {draft.action === 'priors' && <PriorsFields value={draft.priors} onChange={(priors) => set({ priors })} />}
      <Conditions conditions={draft.conditions} onChange={(conditions) => set({ conditions })} />
      {draft.action !== 'notify' && (
        <fieldset className={css.group}>
          <legend>{targets[draft.action]}</legend>
          {servers.length === 0 && <span className="secondary">There is no server yet. Add one under Servers.</span>}
          {offered.map(({ serverId, name }) => (
            <Checkbox
              key={serverId}
              label={name}
              checked={draft.serverIds.includes(serverId)}
              onChange={(on) =>
                set({
                  serverIds: on ? [...draft.serverIds, serverId] : draft.serverIds.filter((id) => id !== serverId),
                })
              }
            />
          ))}
        </fieldset>
      )}
      {!isOfPriors(draft.when) && (
        <RuleTrial
          conditions={draft.conditions}
          serverIds={draft.action === 'send' ? draft.serverIds : []}
          action={draft.action}
        />
      )}
      {problem && !isNameless && (
        <p role="alert" className={css.problem}>
          {problem}
        </p>
      )}
      <div className={css.buttons}>
        {rule && (
          <Button variant="plain" icon={Trash2} onClick={() => void deleteRule(rule)}>
            Delete
          </Button>
        )}
        <span className={css.grow} />
        {rule?.isOn && (
          <Button icon={Power} onClick={() => act(client.rules.switch({ ruleId: rule.ruleId, isOn: false }))}>
            Switch off
          </Button>
        )}
        {isDirty ? (
          <Button variant="primary" icon={Save} onClick={() => void save()}>
            Save
          </Button>
        ) : (
          rule &&
          !rule.isOn && (
            <Button
              variant="primary"
              icon={Power}
              onClick={() => act(client.rules.switch({ ruleId: rule.ruleId, isOn: true }))}
            >
              Switch on
            </Button>
          )
        )}
      </div>
    </section>
  )
}
