import { join } from 'node:path'
import { type ViewerPreferences, viewerPreferences } from '#shared/contract/viewer.ts'
import { shippedHeartScores } from '#shared/imaging/animalRanges.ts'
import { shippedProtocols } from '#shared/imaging/hangingDefaults.ts'
import { usualPointer, usualRadialMenu } from '#shared/imaging/pointerHabits.ts'
import { Changes } from './changes.ts'
import { openConfigFile } from './configFile.ts'

export interface ViewerPreferencesStore {
  current(): ViewerPreferences
  update(patch: { [Key in keyof ViewerPreferences]?: ViewerPreferences[Key] | undefined }): ViewerPreferences
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

const defaults = (): ViewerPreferences => ({
  hangingProtocols: [...shippedProtocols],
  heartScores: [...shippedHeartScores],
  keys: {},
  ownWindows: [],
  pointer: usualPointer,
  radialMenu: [...usualRadialMenu],
})

/** Hanging protocols and habits of reading, in `config/viewer.json`. What is not in the file is as shipped. */
export function openViewerPreferences(dataFolder: string): ViewerPreferencesStore {
  const file = openConfigFile(join(dataFolder, 'config', 'viewer.json'), viewerPreferences.partial())
  const changes = new Changes()
  let own = withoutUndefined(file.value ?? {})
  const current = () => ({ ...defaults(), ...own })
  return {
    notice: file.notice,
    current,
    update(patch) {
      const next = { ...own, ...withoutUndefined(patch) }
      file.write(next)
      own = next
      changes.tell()
      return current()
    },
    onChange: (listener) => changes.onChange(listener),
  }
}

function withoutUndefined(
  patch: {
    [Key in keyof ViewerPreferences]?: ViewerPreferences[Key] | undefined
  },
): Partial<ViewerPreferences> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}
