import { FileDown } from 'lucide-react'
import type { ListProblem } from '#shared/contract/servers.ts'
import { client } from '../../api/client.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { readTextFile } from '../../app/readTextFile.ts'
import { saveText } from '../../app/saveText.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'
import { useEditor } from './editorState.ts'

/** The contract takes no more. */
const MOST_BYTES = 5_000_000
const types = { json: 'application/json', csv: 'text/csv' }

export async function exportServers(format: 'json' | 'csv'): Promise<void> {
  try {
    const { text } = await callQuery('servers', 'exportList', { format })
    saveText(`negatoscope-servers.${format}`, text, types[format])
  } catch (error) {
    showFailure(error)
  }
}

/** What could not be taken; undefined when the file could not be read at all. */
export async function importServers(file: File): Promise<readonly ListProblem[] | undefined> {
  try {
    const { added, known, problems } = await client.servers.importList({
      text: await readTextFile(file, 'a list of servers', MOST_BYTES),
    })
    const words = [
      added.length === 0 ? 'No server added' : `${formatCount(added.length, 'server')} added`,
      ...(known > 0 ? [`${known} in the list already`] : []),
      ...(problems.length > 0 ? [`${formatCount(problems.length, 'problem')}`] : []),
    ]
    showToast({ icon: FileDown, tone: problems.length > 0 ? 'warn' : 'ok', message: words.join(', ') })
    const [first] = added
    if (first !== undefined) useEditor.getState().select(first)
    return problems
  } catch (error) {
    showFailure(error)
    return undefined
  }
}
