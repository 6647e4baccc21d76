import { AnimalResult } from './animals/AnimalResult.tsx'
import { ImageFacts } from './ImageFacts.tsx'
import { MeasurementList } from './MeasurementList.tsx'
import { ReportList } from './reports/ReportList.tsx'
import { WriteButton } from './reports/WriteButton.tsx'
import css from './SidePanel.module.css'
import { ToolHint } from './ToolButtons.tsx'
import { WhereKept } from './WhereKept.tsx'

/** Evidence: what was measured, and what the image of the active tile is. */
export function SidePanel() {
  return (
    <aside className={css.panel} aria-label="Measurements and facts" data-region="">
      <div className={css.scroll}>
        <AnimalResult />
        <MeasurementList />
        <ReportList />
        <ImageFacts />
      </div>
      <div className={css.foot}>
        <ToolHint className={css.toolHint} />
        <WhereKept />
        <WriteButton />
        <p>Measurement aid. Not for primary diagnosis.</p>
      </div>
    </aside>
  )
}
