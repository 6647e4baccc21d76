import { useNavigation } from '../../../app/navigation.ts'
import { useBrowser } from '../filter/browserState.ts'
import { toStudyFilter } from '../filter/toStudyFilter.ts'
import { useRemoteSearch } from './remoteSearch.ts'

/** What a server has, asked anew: it told that something is new there. */
export function showStudiesOf(serverId: number): void {
  const { source, setSource, clear, change } = useBrowser.getState()
  const isShown =
    useNavigation.getState().page === 'studies' && source.kind === 'server' && source.serverId === serverId
  if (!isShown) {
    clear()
    // Without anything that narrows it, a search waits for a person.
    change({ datePreset: '7-days' })
    setSource({ kind: 'server', serverId })
    useNavigation.getState().go('studies')
    return
  }
  useRemoteSearch.getState().run([serverId], toStudyFilter(useBrowser.getState().criteria, new Date()))
}
