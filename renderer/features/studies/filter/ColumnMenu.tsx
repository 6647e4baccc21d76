import { Columns3 } from 'lucide-react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import type { Column } from '../table/column.ts'
import type { ColumnSettings } from '../table/columnSettings.ts'

interface ColumnMenuProps<Row> {
  all: readonly Column<Row>[]
  settings: ColumnSettings<Row>
}

export function ColumnMenu<Row>({ all, settings }: ColumnMenuProps<Row>) {
  return (
    <Menu
      align="end"
      items={[
        ...all
          .filter((column) => !column.fixed)
          .map((column) => ({
            label: column.header,
            checked: settings.isVisible(column.id) && !settings.hasNoRoom(column.id),
            note: settings.hasNoRoom(column.id) ? 'no room' : undefined,
            onSelect: () => settings.toggle(column.id),
          })),
        'separator' as const,
        { label: 'Reset columns', onSelect: settings.reset },
      ]}
      trigger={<IconButton label="Columns" icon={Columns3} />}
    />
  )
}
