import { LogIn } from 'lucide-react'
import type { Knock } from '#shared/contract/devices.ts'
import { formatNumber } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { acceptAlias, allowKnock, blockKnock, ignoreKnock } from './deviceActions.ts'
import { momentText, offeredText } from './deviceText.ts'
import { KnockAdvice } from './KnockAdvice.tsx'
import css from './Knocks.module.css'

interface KnockCardProps {
  knock: Knock
  now: number
  onAllowed(deviceId: number): void
}

/** Somebody who was refused: who, from where, what it wanted, what is probably wrong, and what to do about it. */
export function KnockCard({ knock, now, onAllowed }: KnockCardProps) {
  const { aeTitle, address, calledAETitle, offered, times, lastAt, advice } = knock
  const alias = advice.find(({ deviceId }) => deviceId !== null)
  const isSwapped = advice.some(({ kind }) => kind === 'swapped')
  const done = async (work: Promise<{ deviceId: number } | undefined>) => {
    const device = await work
    if (device) onAllowed(device.deviceId)
  }
  return (
    <Card className={css.card} aria-label={`${aeTitle} at ${address} knocked`}>
      <div className={css.who}>
        <LogIn size={16} strokeWidth={1.75} aria-hidden="true" />
        <h3 className={`mono ${css.name}`} title={aeTitle}>
          {aeTitle}
        </h3>
        <span className={`mono ${css.address}`}>{address}</span>
      </div>
      <p className={css.what}>
        Called <span className="mono">{calledAETitle}</span>, offered {offeredText(offered)}.{' '}
        <span className={css.faint}>
          {times === 1 ? 'Once' : `${formatNumber(times)} times, last`} {momentText(lastAt, now)}
        </span>
      </p>
      {advice.map((one) => (
        <KnockAdvice key={one.kind} advice={one} />
      ))}
      {!knock.canAllow && (
        <p className={css.what}>
          Its AE title is not a valid one and cannot be entered here. Correct it at the device.
        </p>
      )}
      <div className={css.actions}>
        {alias?.deviceId != null && knock.canAllow && (
          <Button variant="primary" onClick={() => void done(acceptAlias(knock, alias.deviceId ?? 0))}>
            {alias.kind === 'address' ? 'Accept this address' : 'Accept this alias'}
          </Button>
        )}
        {knock.canAllow && !isSwapped && (
          <Button variant={alias ? 'outlined' : 'primary'} onClick={() => void done(allowKnock(knock))}>
            {allowText(knock, alias !== undefined)}
          </Button>
        )}
        <span className={css.grow} />
        <Button variant="plain" onClick={() => void ignoreKnock(knock)}>
          Ignore
        </Button>
        {knock.canAllow && (
          <Button variant="plain" onClick={() => void blockKnock(knock)}>
            Block
          </Button>
        )}
      </div>
    </Card>
  )
}

function allowText({ callsOther }: Knock, hasAlias: boolean): string {
  if (hasAlias) return 'Allow as new device'
  return callsOther ? 'Allow and answer to this name' : 'Allow'
}
