import { Square } from 'lucide-react'
import type { Ref } from 'react'
import css from './Paper.module.css'
import { QrPicture } from './QrPicture.tsx'
import type { SetupSheet } from './setupSheet.ts'

const QR_SIZE = 84

/** The sheet as it is printed: dark on light in every theme, dimmed on screen so that it never lights up the room. */
export function Paper({ sheet, ref }: { sheet: SetupSheet; ref?: Ref<HTMLElement> }) {
  const [own] = sheet.firewall
  return (
    <article ref={ref} className={css.paper} aria-label={sheet.title} data-selectable>
      <header className={css.head}>
        <div>
          <h3 className={css.title}>{sheet.title}</h3>
          <p className={css.soft}>{sheet.subtitle}</p>
        </div>
        <QrPicture text={sheet.code} size={QR_SIZE} />
      </header>
      <div className={css.box}>
        <p className={css.first}>Send images to</p>
        <dl className={css.values}>
          {sheet.values.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {sheet.remarks.map((remark) => (
        <p key={remark} className={css.soft}>
          {remark}
        </p>
      ))}
      <p className={css.heading}>On the device</p>
      {sheet.systems.map(({ name, path, note }) => (
        <p key={name}>
          {name}: <strong>{path.join(' > ')}</strong>. <span className={css.soft}>{note}</span>
        </p>
      ))}
      <ul className={css.points}>
        {[...sheet.notes, ...sheet.echo, ...sheet.modality].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Boxes title="Check" items={sheet.checks} />
      {own && (
        <>
          <p className={css.heading}>If the port is closed, on this computer</p>
          <p className={css.soft}>
            {own.system}. {own.note}
          </p>
          {own.commands.map((command) => (
            <p key={command} className={`mono ${css.command}`}>
              {command}
            </p>
          ))}
        </>
      )}
      <p className={css.heading}>If it fails</p>
      <dl className={css.troubles}>
        {sheet.troubles.map(([what, look]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{look}</dd>
          </div>
        ))}
      </dl>
      <div className={css.columns}>
        <div>
          <Boxes title="Operators" items={sheet.operator} />
        </div>
        <div>
          <Boxes title="IT" items={sheet.it} />
        </div>
      </div>
      <footer className={css.signature}>
        <span>Set up by</span>
        <span>Date</span>
      </footer>
    </article>
  )
}

function Boxes({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <>
      <p className={css.heading}>{title}</p>
      <ul className={css.boxes}>
        {items.map((item) => (
          <li key={item}>
            <Square size={12} strokeWidth={1.75} aria-hidden="true" />
            {item}
          </li>
        ))}
      </ul>
    </>
  )
}
