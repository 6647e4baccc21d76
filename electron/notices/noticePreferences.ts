import { join } from 'node:path'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { type NoticePreferences, noticePreferences } from '#shared/contract/notices.ts'

const OFF: NoticePreferences = { isOn: false, quietFrom: '20:00', quietTo: '20:00', usual: 'instance', sources: {} }

export interface NoticePreferencesStore {
  current(): NoticePreferences
  change(change: { [Key in keyof NoticePreferences]?: NoticePreferences[Key] | undefined }): NoticePreferences
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

/** Kept by the workstation and not by a page: the desktop program tells also while it has no window. */
export function openNoticePreferences(dataFolder: string): NoticePreferencesStore {
  const file = openConfigFile(join(dataFolder, 'config', 'notices.json'), noticePreferences)
  const changes = new Changes()
  let current = file.value ?? OFF
  return {
    notice: file.notice,
    current: () => current,
    change(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = { ...current, ...given }
      file.write(next)
      current = next
      changes.tell()
      return current
    },
    onChange: (listener) => changes.onChange(listener),
  }
}
