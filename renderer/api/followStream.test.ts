import { beforeEach, expect, it } from 'vitest'
import { createClient } from '#shared/contract/client.ts'
import { contract } from '#shared/contract/index.ts'
import { memoryWires, type Wire, type WireMessage } from '#shared/contract/wire.ts'
import { client } from './client.ts'
import { useConnection } from './connection.ts'
import { followStream } from './followStream.ts'

/** The far end: answers each stream with one snapshot and keeps it open. */
function connect(studies: number): Wire {
  const [near, far] = memoryWires()
  far.onMessage((raw) => {
    const message = raw as WireMessage
    if (message.kind === 'call') far.send({ kind: 'item', id: message.id, output: { studyIds: [], total: studies } })
  })
  near.onClose(() => useConnection.setState({ state: 'lost', client: undefined }))
  useConnection.setState({ state: 'open', client: createClient(contract, near) })
  return near
}

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5))
}

beforeEach(() => useConnection.setState({ state: 'connecting', client: undefined }))

it('waits for the first connection and begins again when a lost one comes back', async () => {
  const seen: number[] = []
  const stop = new AbortController()
  const following = followStream(
    (signal) => client.studies.changes({}, { signal }),
    (item) => seen.push(item.total),
    stop.signal,
  )
  const first = connect(1)
  await until(() => seen.length === 1)
  first.close()
  connect(2)
  await until(() => seen.length === 2)
  expect(seen).toEqual([1, 2])
  stop.abort()
  await following
})

it('fails calls at once while the connection is lost', async () => {
  useConnection.setState({ state: 'lost', client: undefined })
  await expect(client.studies.list({})).rejects.toMatchObject({ code: 'disconnected' })
})
