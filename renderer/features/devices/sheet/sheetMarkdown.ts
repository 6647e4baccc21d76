import type { SetupSheet } from './setupSheet.ts'

/** For a wiki or a ticket. */
export function sheetMarkdown(sheet: SetupSheet): string {
  const boxes = (items: readonly string[]) => items.map((item) => `- [ ] ${escaped(item)}`)
  const points = (items: readonly string[]) => items.map((item) => `- ${escaped(item)}`)
  const lines = [
    `# ${escaped(sheet.title)}`,
    '',
    escaped(sheet.subtitle),
    '',
    '## Send images to',
    '',
    '| | |',
    '|---|---|',
    ...sheet.values.map(({ label, value }) => `| ${label} | ${code(value)} |`),
    ...(sheet.remarks.length > 0 ? ['', ...points(sheet.remarks)] : []),
    '',
    '## On the device',
    '',
    ...sheet.systems.map(
      ({ name, path, note }) => `- ${escaped(name)}: **${path.map(escaped).join(' > ')}**. ${escaped(note)}`,
    ),
    ...points(sheet.notes),
    '',
    ...points([...sheet.echo, ...sheet.modality]),
    '',
    '## Check',
    '',
    ...boxes(sheet.checks),
    '',
    '## If the port is closed, on this computer',
    '',
    ...sheet.firewall.flatMap(({ system, commands, note }) => [
      `${system}: ${escaped(note)}`,
      '',
      '```',
      ...commands,
      '```',
      '',
    ]),
    '## If it fails',
    '',
    '| | |',
    '|---|---|',
    ...sheet.troubles.map(([what, look]) => `| ${escaped(what)} | ${escaped(look)} |`),
    '',
    '## Operators',
    '',
    ...boxes(sheet.operator),
    '',
    '## IT',
    '',
    ...boxes(sheet.it),
  ]
  return `${lines.join('\n')}\n`
}

/** What a person or a device wrote is text, never markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (char) => `\\${char}`)
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}
