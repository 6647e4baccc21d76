import { expect, test } from 'vitest'
import type { NodeApi, NodeConfiguration } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { Listener } from './listener.ts'

/** A DICOM thread that is starting again when it is asked first, as `remote` reports it. */
function restartingNode() {
  let calls = 0
  const node = {
    configure: async () => {
      calls += 1
      if (calls === 1) throw Object.assign(new Error('The thread stopped'), { code: 'THREAD_GONE' })
    },
    listen: async ({ port }: { port: number }) => ({ port }),
  } as unknown as Remote<NodeApi>
  return { node, calls: () => calls }
}

const configuration = async () => ({ aeTitle: 'NEGATOSCOPE' }) as NodeConfiguration

test('settings saved while a thread starts again are applied in a moment, and later ones too', async () => {
  const { node, calls } = restartingNode()
  const listener = new Listener({ node, configuration, endpoint: () => ({ host: undefined, port: 11112 }) })
  await listener.apply()
  expect(listener.state().state).toBe('failed')
  await expect
    .poll(() => listener.state())
    .toMatchObject({ state: 'listening', aeTitle: 'NEGATOSCOPE', port: 11112, tlsPort: null })
  await listener.apply()
  expect(calls()).toBe(3)
})

test('nothing is opened before name and port are confirmed', async () => {
  const { node } = restartingNode()
  const listener = new Listener({ node, configuration, endpoint: () => undefined })
  await listener.apply()
  await listener.apply()
  listener.close()
  expect(listener.state().state).not.toBe('listening')
})

test('a port that comes free is taken without anybody’s help', async () => {
  let taken = true
  const node = {
    configure: async () => {},
    listen: async ({ port }: { port: number }) => {
      if (taken) throw Object.assign(new Error('EADDRINUSE'), { code: 'EADDRINUSE' })
      return { port }
    },
  } as unknown as Remote<NodeApi>
  const endpoint = () => ({ host: undefined, port: 11112 })
  const listener = new Listener({ node, configuration, endpoint, portRetryMs: 20 })
  await listener.apply()
  expect(listener.state().state).toBe('failed')
  taken = false
  await expect.poll(() => listener.state().state).toBe('listening')
  listener.close()
})

test.each([
  ['EADDRINUSE', /Another program uses port 104/],
  ['EACCES', /below 1024 need elevated rights/],
])('a port that answers %s is a state with a sentence', async (code, sentence) => {
  const node = {
    configure: async () => {},
    listen: async () => {
      throw Object.assign(new Error(code), { code })
    },
  } as unknown as Remote<NodeApi>
  const listener = new Listener({ node, configuration, endpoint: () => ({ host: undefined, port: 104 }) })
  await listener.apply()
  expect(listener.state()).toEqual({ state: 'failed', sentence: expect.stringMatching(sentence) })
})
