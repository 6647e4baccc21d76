import { UserRoundCog } from 'lucide-react'
import type { Advice } from '#shared/contract/diagnosis.ts'
import { whoText } from '#shared/diagnosis/report.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { CopyLine } from '../CopyLine.tsx'
import { Values } from '../Values.tsx'
import css from './StepAdvice.module.css'
import { systems, useSystem } from './system.ts'

/** What is wrong, who puts it right, how, and what to type. */
export function StepAdvice({ advice, serverName }: { advice: Advice; serverName: string }) {
  const { system, choose } = useSystem()
  const { what, who, how, values, commands } = advice
  const differs = commands.some((one) => one.windows !== one.linux || one.macos !== one.linux)
  return (
    <div className={css.advice}>
      <p className={css.what}>{what}</p>
      <div>
        <div className={css.label}>Who puts it right</div>
        <p className={css.who}>
          <UserRoundCog size={14} strokeWidth={1.75} aria-hidden="true" />
          {whoText(who, serverName)}
        </p>
        <p className={css.how}>{how}</p>
      </div>
      {values.length > 0 && <Values values={values} />}
      {commands.length > 0 && (
        <div className={css.commands}>
          <div className={css.head}>
            <span className={css.label}>To see it by hand</span>
            {differs && <SegmentedControl label="System" value={system} options={systems} onChange={choose} />}
          </div>
          {commands.map((command) => (
            <div key={command.purpose}>
              <div className={css.purpose}>{command.purpose}</div>
              <CopyLine text={command[system]} label={`Copy: ${command.purpose}`} />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
