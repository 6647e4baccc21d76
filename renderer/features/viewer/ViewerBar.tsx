import { ArrowLeft, Box, Ellipsis, PanelRight, Pause, Play, Rotate3d, Send, Star } from 'lucide-react'
import { useState } from 'react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { useMpr } from '../../viewer/mpr/mprState.ts'
import { tileAt, useSession } from '../../viewer/session.ts'
import { SendDialog } from '../studies/send/SendDialog.tsx'
import { FusionControls } from './fusion/FusionControls.tsx'
import { useKeyOf } from './habits/keyOf.ts'
import { LayoutMenu } from './LayoutMenu.tsx'
import { LinkMenu } from './LinkMenu.tsx'
import { MprMenu } from './mpr/MprMenu.tsx'
import { toggleMpr } from './mpr/toggleMpr.ts'
import { patientDetails, patientName } from './overlayText.ts'
import { PresetsMenu } from './presets/PresetsMenu.tsx'
import { toggleRendering } from './rendering/toggleRendering.ts'
import { KeyImageButton } from './reports/KeyImageButton.tsx'
import { toggleKeyImage } from './reports/toggleKeyImage.ts'
import { MeasuringTools, MovingTools, ToolHint } from './ToolButtons.tsx'
import { useTile } from './useTile.ts'
import { useWindowWidth } from './useWindowWidth.ts'
import css from './ViewerBar.module.css'
import { viewActions } from './viewActions.ts'

/** Below these widths parts of the bar fold into menus: nothing is ever cut off, at 200 % zoom either. */
const VIEW_FOLDS_PX = 1240
/** While planes of a volume are open, with their thickness in the bar. */
const VIEW_FOLDS_WITH_PLANES_PX = 1640
const MEASURING_FOLDS_PX = 980

export function ViewerBar({ studies }: { studies: readonly StudyRow[] }) {
  const { active, panelShown } = useSession()
  const width = useWindowWidth()
  const keyOf = useKeyOf()
  const narrow = width < MEASURING_FOLDS_PX
  const planes = useMpr(({ state }) => state !== 'off')
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
        <MovingTools />
        <PresetsMenu />
        <i className={css.gap} />
        <MeasuringTools folded={narrow} />
        <i className={css.gap} />
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          keyHint={keyOf('cine', 'Space')}
          icon={playing ? Pause : Play}
          size="large"
          disabled={!several}
          onClick={() => tile.cine.toggle()}
        />
        <i className={css.gap} />
        {width < (planes ? VIEW_FOLDS_WITH_PLANES_PX : VIEW_FOLDS_PX) ? (
          <Menu
            minWidth={220}
            trigger={<IconButton label="View" icon={Ellipsis} size="large" />}
            items={[
              ...viewActions.map(({ command, label, icon, keyHint, run }) => ({
                label,
                icon,
                note: keyOf(command, keyHint),
                onSelect: () => run(tile),
              })),
              ...(narrow
                ? [
                    { label: 'Planes of the volume (MPR)', icon: Box, note: keyOf('planes', 'Y'), onSelect: toggleMpr },
                    {
                      ...{
                        label: 'Volume in three dimensions (3D)',
                        icon: Rotate3d,
                        note: keyOf('rendering', 'Shift Y'),
                      },
                      onSelect: toggleRendering,
                    },
                    {
                      ...{ label: 'Key image', icon: Star, note: keyOf('keyImage', 'M') },
                      onSelect: () => toggleKeyImage(tile),
                    },
                  ]
                : []),
            ]}
          />
        ) : (
          viewActions.map(({ command, label, keyHint, icon, run }) => (
            <IconButton
              key={label}
              label={label}
              keyHint={keyOf(command, keyHint)}
              icon={icon}
              size="large"
              onClick={() => run(tile)}
            />
          ))
        )}
        <i className={css.gap} />
        <LayoutMenu />
        <LinkMenu />
        {(!narrow || planes) && <MprMenu />}
        {(!narrow || planes) && <FusionControls />}
      </div>
      <span className={css.space}>{!panelShown && <ToolHint className={css.hint} />}</span>
      {!narrow && <KeyImageButton />}
      {study &&
        (narrow ? (
          <IconButton label="Send" icon={Send} size="large" onClick={() => setSending(study)} />
        ) : (
          <Button variant="plain" icon={Send} onClick={() => setSending(study)}>
            Send
          </Button>
        ))}
      <IconButton
        label="Measurements and facts"
        keyHint="\"
        icon={PanelRight}
        size="large"
        pressed={panelShown}
        onClick={() => useSession.setState({ panelShown: !panelShown })}
      />
      {sending && (
        <SendDialog
          studies={[sending]}
          seriesIds={[]}
          viewed={source && { seriesId: source.series.seriesId, instanceId: tile.current?.instanceId }}
          onClose={() => setSending(undefined)}
        />
      )}
    </header>
  )
}
