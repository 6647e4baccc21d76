import { INSTANCE_HEADER } from '#shared/contract/viewer.ts'
import type { BroughtFrame } from './frameStore.ts'
import { bringAhead } from './session.ts'

let last: number | undefined

/**
 * The picture that a study is most likely opened with, asked for beside what is known of the study and not after it. Where
 * another one is hung, that is loaded as any other.
 */
export function bringFirst(studyId: number): void {
  if (studyId === last) return
  last = studyId
  bringAhead(fetchFirst(studyId))
}

async function fetchFirst(studyId: number): Promise<BroughtFrame | undefined> {
  const response = await fetch(new URL(`data/opening/${studyId}`, document.baseURI))
  const instanceId = Number(response.headers.get(INSTANCE_HEADER))
  if (!response.ok || !Number.isSafeInteger(instanceId) || instanceId < 1) return undefined
  return { instanceId, frame: 0, bytes: new Uint8Array(await response.arrayBuffer()) }
}
