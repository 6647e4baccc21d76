import { Checkbox } from '../../../ui/Checkbox.tsx'
import { useEditor } from '../editorState.ts'
import type { Draft } from '../fields.ts'
import css from './TestOptions.module.css'

/** What the test does at the server beyond asking. */
export function TestOptions({ values }: { values: Pick<Draft, 'queryRetrieve'> }) {
  const { options, setOptions } = useEditor()
  return (
    <fieldset className={css.options}>
      <legend className={css.legend}>The test also</legend>
      <Checkbox
        label="Fetches one image"
        checked={options.rehearseRetrieve}
        disabled={!values.queryRetrieve}
        onChange={(rehearseRetrieve) => setOptions({ rehearseRetrieve })}
        help="Shows whether images find their way here. It is deleted again, unless its study is here already."
      />
      <Checkbox
        label="Sends a test image"
        checked={options.testImage}
        onChange={(testImage) => setOptions({ testImage })}
        help="Of patient TEST, CONNECTION, marked as no patient's. It stays there until its administrator deletes it."
      />
      <Checkbox
        label="Looks for the internet"
        checked={options.internet}
        onChange={(internet) => setOptions({ internet })}
        help="Opens a connection to two public name servers (1.1.1.1, 8.8.8.8). None is no failure: a server in the clinic needs none."
      />
    </fieldset>
  )
}
