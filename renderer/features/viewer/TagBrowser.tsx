import { useVirtualizer } from '@tanstack/react-virtual'
import { Copy } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Select } from '../../ui/Select.tsx'
import { showToast } from '../../ui/toast.ts'
import { comparable } from './comparable.ts'
import { type ComparedTag, comparedTags } from './comparedTags.ts'
import { showTags, useShownTags } from './shownTags.ts'
import css from './TagBrowser.module.css'
import { TagSearch } from './TagSearch.tsx'
import { filterTags, type NamedTag, namedTags, rowCount, tagsAsText } from './tagRows.ts'

const ROW_PX = 24

/** Every tag of one instance, as the file has it. */
export function TagBrowser() {
  const instanceId = useShownTags((state) => state.instanceId)
  return instanceId === undefined ? null : <Tags key={instanceId} instanceId={instanceId} />
}

function Tags({ instanceId }: { instanceId: number }) {
  const { data, error, refetch } = useQueryOperation('studies', 'tags', { instanceId })
  const [text, setText] = useState('')
  const [privateOnly, setPrivateOnly] = useState(false)
  const [beside, setBeside] = useState<number>()
  const [differing, setDiffering] = useState(false)
  const candidates = comparable(instanceId)
  const { data: others, error: otherError } = useQueryOperation(
    'studies',
    'tags',
    { instanceId: beside ?? instanceId },
    { enabled: beside !== undefined },
  )
  const all = useMemo((): (NamedTag | ComparedTag)[] => {
    const own = namedTags(data ?? [])
    return beside !== undefined && others ? comparedTags(own, namedTags(others)) : own
  }, [data, others, beside])
  const found = useMemo(() => {
    const rows = filterTags(all, text, privateOnly)
    return differing ? rows.filter((row) => 'differs' in row && row.differs) : rows
  }, [all, text, privateOnly, differing])
  const count = rowCount(found, all)
  return (
    <Dialog
      title="Tags"
      subtitle={data ? count : undefined}
      width={920}
      onClose={() => showTags(undefined)}
      footer={
        <Button
          icon={Copy}
          disabled={found.length === 0}
          onClick={() => copy(tagsAsText(found), `${found.length} rows`)}
        >
          {found.length === all.length ? 'Copy all' : 'Copy these'}
        </Button>
      }
    >
      <TagSearch text={text} onChange={setText}>
        <Checkbox label="Private only" checked={privateOnly} onChange={setPrivateOnly} />
        {candidates.length > 0 && (
          <Select
            label="Compare with"
            hideLabel
            value={beside === undefined ? '' : String(beside)}
            options={[
              { value: '', label: 'Compare with …' },
              ...candidates.map(({ instanceId: other, label }) => ({ value: String(other), label })),
            ]}
            onChange={(value) => {
              setBeside(value === '' ? undefined : Number(value))
              if (value === '') setDiffering(false)
            }}
          />
        )}
        {beside !== undefined && <Checkbox label="Differences only" checked={differing} onChange={setDiffering} />}
      </TagSearch>
      {otherError && beside !== undefined && (
        <p className={css.problem} role="alert">
          The other image cannot be read: {otherError.message}
        </p>
      )}
      {error ? (
        <ErrorState title="The tags cannot be read" actions={<Button onClick={() => void refetch()}>Try again</Button>}>
          {error.message}
        </ErrorState>
      ) : data === undefined ? (
        <Bars />
      ) : (
        <TagTable rows={found} compares={beside !== undefined && others !== undefined} />
      )}
    </Dialog>
  )
}

export function TagTable({ rows, compares }: { rows: readonly (NamedTag | ComparedTag)[]; compares: boolean }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  if (rows.length === 0)
    return (
      <p className={css.none}>
        {compares ? 'No tag differs, or none has all these words.' : 'No tag has all these words.'}
      </p>
    )
  const shown = virtual.getVirtualItems()
  const above = shown[0]?.start ?? 0
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys
    <div ref={scroller} className={css.scroller} tabIndex={0}>
      <table className={css.table} aria-label="Tags" aria-rowcount={rows.length}>
        <colgroup>
          <col width={210} />
          <col width={36} />
          <col width={250} />
          <col />
          {compares && <col />}
          <col width={36} />
        </colgroup>
        <tbody>
          <Space height={above} />
          {shown.map(({ index }) => {
            const row = rows[index]
            return row && <TagLine key={index} row={row} index={index} compares={compares} />
          })}
          <Space height={below} />
        </tbody>
      </table>
    </div>
  )
}

function Space({ height }: { height: number }) {
  return height > 0 ? (
    <tr>
      <td colSpan={5} style={{ height, padding: 0 }} />
    </tr>
  ) : null
}

function TagLine({ row, index, compares }: { row: NamedTag | ComparedTag; index: number; compares: boolean }) {
  const { depth, tag, vr, name, isPrivate } = row
  const compared = 'differs' in row ? row : undefined
  const value = compared ? (compared.own ?? '') : row.value
  return (
    <tr className={css.row} aria-rowindex={index + 1} data-differs={compared?.differs}>
      <td className={css.tag} style={{ paddingLeft: 10 + Math.min(depth, 12) * 12 }}>
        {tag}
      </td>
      <td className={css.vr}>{vr}</td>
      <td className={css.name} data-private={isPrivate} title={name}>
        {name}
      </td>
      <td className={css.value} title={value} data-selectable="">
        {compared && compared.own === undefined ? <i>not there</i> : value}
      </td>
      {compares && (
        <td className={css.value} title={compared?.other} data-selectable="">
          {compared?.other === undefined ? <i>not there</i> : compared.other}
        </td>
      )}
      <td>
        {value !== '' && (
          <button
            type="button"
            className={css.copy}
            aria-label={`Copy ${name || tag}`}
            onClick={() => copy(value, name || tag)}
          >
            <Copy size={14} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
      </td>
    </tr>
  )
}

function copy(text: string, what: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ icon: Copy, message: `Copied ${what}` }),
    () =>
      showToast({
        icon: Copy,
        tone: 'warn',
        message: 'The system does not let this window copy. Select the text instead.',
      }),
  )
}
