import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import type { Match } from '../nodeApi.ts'
import { find } from '../scu/find.ts'
import { send } from '../scu/send.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { storedFile } from '../testing/testObject.ts'

let here: TestNode
beforeEach(async () => {
  here = await openTestNode()
})
afterEach(() => here.close())

const signal = () => new AbortController().signal

async function keep(...objects: DataSet[]): Promise<void> {
  const files = objects.map((more, at) => storedFile(at + 1, more))
  for await (const { outcome, note } of send(peerAt(here.port), files, signal())) expect(outcome, note).toBe('success')
}

async function found(level: 'STUDY' | 'SERIES' | 'IMAGE', keys: Record<string, string>): Promise<Match[]> {
  const list: Match[] = []
  for await (const match of find(peerAt(here.port), { level, keys }, signal())) list.push(match)
  return list
}

test('a study is found by its keys and told with what is asked for', async () => {
  await keep(
    { StudyInstanceUID: '1.2.1', PatientName: 'Doe^Jane' },
    { StudyInstanceUID: '1.2.2', PatientName: 'Roe^Rex' },
  )
  const [match, ...more] = await found('STUDY', {
    PatientName: 'doe*',
    StudyInstanceUID: '',
    NumberOfStudyRelatedInstances: '',
  })
  expect(more).toEqual([])
  expect(match).toEqual({
    QueryRetrieveLevel: 'STUDY',
    RetrieveAETitle: 'NEGATOSCOPE',
    PatientName: 'Doe^Jane',
    StudyInstanceUID: '1.2.1',
    NumberOfStudyRelatedInstances: '1',
  })
})
