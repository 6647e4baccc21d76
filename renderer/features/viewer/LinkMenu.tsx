import { AppWindow, ChevronDown, Link2, Unlink2 } from 'lucide-react'
import { Menu } from '../../ui/Menu.tsx'
import { type Link, setLink } from '../../viewer/linkedScroll.ts'
import { useSession } from '../../viewer/session.ts'
import { useWindows } from '../../viewer/windows/windows.ts'
import { useKeyOf } from './habits/keyOf.ts'
import css from './ViewerBar.module.css'
import { toggleLinkedViews } from './viewerCommands.ts'
import { useLinkedWindows } from './windows/useLinkedWindows.ts'

const links: readonly { link: Link; label: string; note: string }[] = [
  { link: 'position', label: 'By place in the body', note: 'K' },
  { link: 'offset', label: 'As they stand now', note: 'Shift K' },
  { link: 'off', label: 'Each by itself', note: '' },
]

/** How tiles scroll together, also those of other windows. Only where there are several. */
export function LinkMenu() {
  const { link, layout, referenceLines, viewsLinked } = useSession()
  const keyOf = useKeyOf()
  const linked = useWindows((windows) => windows.linked)
  const together = useLinkedWindows()
  const several = useWindows(({ others }) => others.size > 0)
  if (layout.rows * layout.columns < 2 && !several) return null
  const Icon = link === 'off' ? Unlink2 : Link2
  const chosen = links.find((each) => each.link === link)
  const withWindows = together.length > 0 && `with window ${together.join(' and ')}`
  return (
    <Menu
      minWidth={240}
      trigger={
        <button
          type="button"
          className={css.drop}
          aria-label={`Scroll together: ${[chosen?.label ?? '', withWindows].filter(Boolean).join(', ')}`}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
          {withWindows && <AppWindow size={14} strokeWidth={1.75} aria-hidden="true" />}
          <span className="visuallyHidden" role="status">
            {withWindows && `Stacks scroll together ${withWindows}.`}
          </span>
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
        ...(several
          ? [
              {
                ...{ label: 'With other windows, by place', checked: linked },
                onSelect: () => useWindows.setState({ linked: !linked }),
              },
            ]
          : []),
        'separator' as const,
        {
          label: 'Window, zoom and pan together',
          note: keyOf('linkViews', 'Shift X'),
          checked: viewsLinked,
          onSelect: toggleLinkedViews,
        },
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
