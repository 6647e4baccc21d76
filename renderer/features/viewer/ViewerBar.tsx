import {
  ArrowLeft,
  CaretsToAxisDashedHorizontal,
  CaretsToAxisDashedVertical,
  ChevronDown,
  LayoutGrid,
  PanelRight,
  Pause,
  Play,
  RotateCw,
  Send,
  Undo2,
} from 'lucide-react'
import { useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { number } from '#shared/imaging/measurementText.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { flipped, flippedAcross, rotated } from '../../viewer/camera.ts'
import { setLayout, setTool, tileAt, useSession } from '../../viewer/session.ts'
import { SendDialog } from '../studies/send/SendDialog.tsx'
import { patientDetails, patientName } from './overlayText.ts'
import { presetsOf } from './presets.ts'
import { InvertIcon, measuringTools, movingTools, type ToolEntry } from './toolEntries.ts'
import { useTile } from './useTile.ts'
import css from './ViewerBar.module.css'

const layouts = [
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 1],
  [2, 2],
  [2, 3],
  [3, 1],
  [3, 2],
  [3, 3],
] as const

export function ViewerBar({ studies }: { studies: readonly StudyRow[] }) {
  const { active, layout, panelShown } = useSession()
  const tile = tileAt(active)
  const source = useTile(tile, (state) => state.source)
  const playing = useTile(tile, (state) => state.playing)
  const several = useTile(tile, ({ stack }) => stack.length > 1 && stack.some(({ image }) => image.obstacle === null))
  const study = source?.study ?? studies[0]
  const [sending, setSending] = useState<StudyRow>()
  return (
    <header className={css.bar} data-region="">
      <IconButton
        label="Back to studies"
        keyHint="Esc"
        icon={ArrowLeft}
        size="large"
        onClick={() => useNavigation.getState().go('studies')}
      />
      {study && (
        <div className={css.patient}>
          <b>{patientName(study)}</b>
          <span className="mono">{study.patientId}</span>
          <span>{patientDetails(study)}</span>
        </div>
      )}
      <div className={css.group} role="toolbar" aria-label="Tools">
        {movingTools.map((entry) => (
          <ToolButton key={entry.tool} {...entry} />
        ))}
        <PresetsMenu />
        <i className={css.gap} />
        {measuringTools.map((entry) => (
          <ToolButton key={entry.tool} {...entry} />
        ))}
        <i className={css.gap} />
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          keyHint="Space"
          icon={playing ? Pause : Play}
          size="large"
          disabled={!several}
          onClick={() => tile.cine.toggle()}
        />
        <i className={css.gap} />
        <IconButton
          label="Flip left and right"
          keyHint="H"
          icon={CaretsToAxisDashedVertical}
          size="large"
          onClick={() => tile.setCamera(flipped(tile.state.camera))}
        />
        <IconButton
          label="Flip top and bottom"
          keyHint="Shift H"
          icon={CaretsToAxisDashedHorizontal}
          size="large"
          onClick={() => tile.setCamera(flippedAcross(tile.state.camera))}
        />
        <IconButton
          label="Rotate right"
          keyHint="R"
          icon={RotateCw}
          size="large"
          onClick={() => tile.setCamera(rotated(tile.state.camera))}
        />
        <IconButton label="Invert" keyHint="I" icon={InvertIcon} size="large" onClick={() => tile.invert()} />
        <IconButton label="Reset" keyHint="0" icon={Undo2} size="large" onClick={() => tile.reset()} />
        <i className={css.gap} />
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
      </div>
      <span className={css.space} />
      {study && (
        <Button variant="plain" icon={Send} onClick={() => setSending(study)}>
          Send
        </Button>
      )}
      <IconButton
        label="Measurements and facts"
        keyHint="\"
        icon={PanelRight}
        size="large"
        pressed={panelShown}
        onClick={() => useSession.setState({ panelShown: !panelShown })}
      />
      {sending && <SendDialog studies={[sending]} seriesIds={[]} onClose={() => setSending(undefined)} />}
    </header>
  )
}

function ToolButton({ tool, label, icon, keyHint }: ToolEntry) {
  const chosen = useSession((state) => state.tool === tool)
  return (
    <IconButton
      label={label}
      keyHint={keyHint}
      icon={icon}
      size="large"
      pressed={chosen}
      onClick={() => setTool(tool)}
    />
  )
}

function PresetsMenu() {
  const active = useSession((state) => state.active)
  const tile = tileAt(active)
  const chosen = useTile(tile, (state) => state.windowChosen)
  useTile(tile, (state) => state.status)
  const presets = presetsOf(tile)
  return (
    <Menu
      minWidth={220}
      trigger={
        <button type="button" className={css.drop} aria-label="Window presets" disabled={presets.length === 0}>
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
      items={[
        { label: 'As in the file', note: chosen ? undefined : 'now', onSelect: () => tile.setWindow(undefined) },
        'separator',
        ...presets.map(({ name, window }, index) => ({
          label: `${index + 1}  ${name}`,
          note: `W ${number(window.width)} L ${number(window.center)}`,
          onSelect: () => tile.setWindow(window),
        })),
      ]}
    />
  )
}
