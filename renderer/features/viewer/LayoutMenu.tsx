import { ChevronDown, LayoutGrid } from 'lucide-react'
import { useState } from 'react'
import { showFailure } from '../../app/showFailure.ts'
import { Menu } from '../../ui/Menu.tsx'
import { useMpr } from '../../viewer/mpr/mprState.ts'
import { hangAnew } from '../../viewer/openOnLightBox.ts'
import { setLayout, useSession } from '../../viewer/session.ts'
import { useKeyOf } from './habits/keyOf.ts'
import { HangingDialog } from './hanging/HangingDialog.tsx'
import { SaveLayoutDialog } from './hanging/SaveLayoutDialog.tsx'
import css from './ViewerBar.module.css'
import { toggleTexts } from './viewerCommands.ts'
import { useWindowItems } from './windows/useWindowItems.ts'

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
  const { layout, hungBy, textsShown } = useSession()
  const keyOf = useKeyOf()
  const state = useMpr((mpr) => mpr.state)
  const windows = useWindowItems()
  const [shown, setShown] = useState<'save' | 'list'>()
  return (
    <>
      <Menu
        minWidth={220}
        trigger={
          <button type="button" className={css.drop} aria-label={`Layout ${layout.rows} × ${layout.columns}`}>
            <LayoutGrid size={18} strokeWidth={1.75} aria-hidden="true" />
            {layout.rows} × {layout.columns}
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        }
        items={[
          ...layouts.map(([rows, columns]) => ({
            label: `${rows} × ${columns}`,
            note: rows === 1 && columns === 1 ? 'one image' : undefined,
            onSelect: () => setLayout({ rows, columns }),
          })),
          'separator' as const,
          ...(hungBy ? [{ heading: `Hung by: ${hungBy}` }] : []),
          { label: 'Save this layout for …', disabled: state !== 'off', onSelect: () => setShown('save') },
          { label: 'Hang anew', onSelect: () => void hangAnew().catch(showFailure) },
          { label: 'Hanging protocols', onSelect: () => setShown('list') },
          'separator' as const,
          {
            ...{ label: 'Text over the images', note: keyOf('texts', 'Shift O'), checked: textsShown },
            onSelect: toggleTexts,
          },
          'separator' as const,
          ...windows,
        ]}
      />
      {shown === 'save' && <SaveLayoutDialog onClose={() => setShown(undefined)} />}
      {shown === 'list' && <HangingDialog onClose={() => setShown(undefined)} />}
    </>
  )
}
