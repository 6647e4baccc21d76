import {
  ArrowDownToLine,
  ArrowUp,
  Check,
  CheckCheck,
  Circle,
  CircleDot,
  CircleX,
  Clock,
  type LucideIcon,
  Minus,
  Pause,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import css from './StatusWord.module.css'

/** Shape and word first, colour third. One icon, one meaning: this table owns them. */
const language = {
  arriving: { icon: ArrowDownToLine, tone: 'accent', word: 'Arriving' },
  receiving: { icon: ArrowDownToLine, tone: 'accent', word: 'Receiving' },
  retrieving: { icon: ArrowDownToLine, tone: 'accent', word: 'Retrieving' },
  importing: { icon: ArrowDownToLine, tone: 'accent', word: 'Importing' },
  sending: { icon: ArrowUp, tone: 'accent', word: 'Sending' },
  waiting: { icon: Clock, tone: 'faint', word: 'Waiting' },
  paused: { icon: Pause, tone: 'faint', word: 'Paused' },
  received: { icon: Check, tone: 'ok', word: 'Received' },
  stored: { icon: Check, tone: 'ok', word: 'Stored' },
  pass: { icon: Check, tone: 'ok', word: 'PASS' },
  proved: { icon: CheckCheck, tone: 'ok', word: 'Proved' },
  attention: { icon: TriangleAlert, tone: 'warn', word: 'Needs attention' },
  warn: { icon: TriangleAlert, tone: 'warn', word: 'WARN' },
  refused: { icon: CircleX, tone: 'bad', word: 'Refused' },
  failed: { icon: CircleX, tone: 'bad', word: 'Failed' },
  fail: { icon: CircleX, tone: 'bad', word: 'FAIL' },
  online: { icon: CircleDot, tone: 'ok', word: 'Online' },
  quiet: { icon: Circle, tone: 'faint', word: 'Quiet' },
  cancelled: { icon: Minus, tone: 'faint', word: 'Cancelled' },
  none: { icon: Minus, tone: 'faint', word: 'None' },
} satisfies Record<string, { icon: LucideIcon; tone: string; word: string }>

export type StatusName = keyof typeof language

export interface StatusWordProps {
  status: StatusName
  /** Replaces the word: "Retry in 4 min", "At Northview". */
  children?: ReactNode
  /** A sentence that must be read whole: it goes on in the next line. */
  wraps?: boolean | undefined
}

export function StatusWord({ status, children, wraps }: StatusWordProps) {
  const { icon: Icon, tone, word } = language[status]
  return (
    <span className={css.status} data-tone={tone} data-wraps={wraps}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      <span className={css.word}>{children ?? word}</span>
    </span>
  )
}
