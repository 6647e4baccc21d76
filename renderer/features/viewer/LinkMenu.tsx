import { ChevronDown, Link2, Unlink2 } from 'lucide-react'
import { Menu } from '../../ui/Menu.tsx'
import { type Link, setLink } from '../../viewer/linkedScroll.ts'
import { useSession } from '../../viewer/session.ts'
import css from './ViewerBar.module.css'

const links: readonly { link: Link; label: string; note: string }[] = [
  { link: 'position', label: 'By place in the body', note: 'K' },
  { link: 'offset', label: 'As they stand now', note: 'Shift K' },
  { link: 'off', label: 'Each by itself', note: '' },
]

/** How tiles scroll together. Only with several tiles. */
export function LinkMenu() {
  const { link, layout, referenceLines } = useSession()
  if (layout.rows * layout.columns < 2) return null
  const Icon = link === 'off' ? Unlink2 : Link2
  const chosen = links.find((each) => each.link === link)
  return (
    <Menu
      minWidth={240}
      trigger={
        <button type="button" className={css.drop} aria-label={`Scroll together: ${chosen?.label ?? ''}`}>
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
      items={[
        { heading: 'Scroll together' },
        ...links.map((each) => ({
          label: each.label,
          note: each.note,
          checked: each.link === link,
          onSelect: () => setLink(each.link),
        })),
        'separator' as const,
        {
          label: 'Reference lines',
          note: 'X',
          checked: referenceLines,
          onSelect: () => useSession.setState({ referenceLines: !referenceLines }),
        },
      ]}
    />
  )
}
