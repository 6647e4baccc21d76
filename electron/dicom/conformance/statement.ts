import { acceptance } from './acceptance.ts'
import { annexes } from './annexes.ts'
import { characterSets } from './characterSets.ts'
import type { Configured } from './configured.ts'
import { initiation } from './initiation.ts'
import { introduction } from './introduction.ts'
import { model } from './model.ts'
import { network } from './network.ts'
import { overview } from './overview.ts'
import { security } from './security.ts'
import { text } from './table.ts'

/** The DICOM conformance statement in the order of PS3.2 Annex A, as Markdown. */
export function conformanceStatement(configured: Configured): string {
  const title = configured.servers
    ? `# DICOM conformance statement: ${configured.settings.aeTitle}, as configured`
    : '# DICOM conformance statement'
  return `${text(
    title,
    overview(configured),
    introduction(),
    model(configured),
    initiation(),
    acceptance(configured),
    network(configured),
    '## 5 Media interchange\n\nNone: no media are written. Files are imported as they are, whatever their syntax.',
    characterSets(),
    security(),
    annexes(configured),
  )}\n`
}
