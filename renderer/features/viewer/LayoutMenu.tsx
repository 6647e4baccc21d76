import { ChevronDown, LayoutGrid } from 'lucide-react'
import { Menu } from '../../ui/Menu.tsx'
import { setLayout, useSession } from '../../viewer/session.ts'
import css from './ViewerBar.module.css'

const layouts = [
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 4],
  [2, 1],
  [2, 2],
  [2, 3],
  [2, 4],
  [3, 1],
  [3, 2],
  [3, 3],
  [3, 4],
  [4, 4],
] as const

export function LayoutMenu() {
  const layout = useSession((state) => state.layout)
  return (
    <Menu
      minWidth={120}
      trigger={
        <button type="button" className={css.drop} aria-label={`Layout ${layout.rows} × ${layout.columns}`}>
          <LayoutGrid size={18} strokeWidth={1.75} aria-hidden="true" />
          {layout.rows} × {layout.columns}
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
      items={layouts.map(([rows, columns]) => ({
        label: `${rows} × ${columns}`,
        note: rows === 1 && columns === 1 ? 'one image' : undefined,
        onSelect: () => setLayout({ rows, columns }),
      }))}
    />
  )
}
