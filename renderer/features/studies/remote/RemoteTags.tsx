import { useMemo, useState } from 'react'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import tags from '../../viewer/TagBrowser.module.css'
import { TagTable } from '../../viewer/TagBrowser.tsx'
import { TagSearch } from '../../viewer/TagSearch.tsx'
import { filterTags, namedTags, rowCount } from '../../viewer/tagRows.ts'
import type { SeriesThere } from './seriesThere.ts'

interface RemoteTagsProps {
  series: SeriesThere
  title: string
  onClose: () => void
}

/** What the server says of the image in the middle of a series, before anything is fetched. */
export function RemoteTags({ series, title, onClose }: RemoteTagsProps) {
  const { data, error, refetch } = useQueryOperation('studies', 'remoteTags', series)
  const [text, setText] = useState('')
  const all = useMemo(() => namedTags(data ?? []), [data])
  const found = useMemo(() => filterTags(all, text, false), [all, text])
  const count = rowCount(found, all)
  return (
    <Dialog
      title="Tags at the server"
      subtitle={`${title}, the image in its middle${data ? `, ${count}` : ''}`}
      width={920}
      onClose={onClose}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <TagSearch text={text} onChange={setText} />
      {error ? (
        <ErrorState title="The tags did not come" actions={<Button onClick={() => void refetch()}>Try again</Button>}>
          {error.message}
        </ErrorState>
      ) : data === undefined ? (
        <Bars />
      ) : all.length === 0 ? (
        <p className={tags.none}>This series has no image there.</p>
      ) : (
        <TagTable rows={found} compares={false} />
      )}
    </Dialog>
  )
}
