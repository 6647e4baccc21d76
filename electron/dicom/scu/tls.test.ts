import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { acceptAssociation, ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt } from '../testing/testNode.ts'
import { echo } from './echo.ts'

const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A certificate for `localhost`, signed by itself. */
function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  writeFileSync(join(folder, 'empty.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n')
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync(
    'openssl',
    [...request, '-keyout', key, '-out', cert, '-config', join(folder, 'empty.cnf'), ...subject],
    {
      stdio: 'ignore',
    },
  )
  const files = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return files
}

async function tlsServer() {
  const names: (string | false)[] = []
  const server = createServer(selfSigned(), (socket) => {
    names.push(socket.servername ?? false)
    const peer = new ScriptedPeer(socket)
    void (async () => {
      await acceptAssociation(peer)
      const command = await peer.nextCommand()
      peer.message(1, {
        commandField: 0x8030,
        hasDataSet: false,
        messageIDBeingRespondedTo: command?.messageID ?? 0,
        status: 0,
      })
      await peer.next()
      peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
    })().catch(() => peer.destroy())
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, names }
}

const signal = () => new AbortController().signal

describe.skipIf(!hasOpenssl)('over TLS', () => {
  test('without verification the call goes through and names the server', async () => {
    const { port, names } = await tlsServer()
    const peer = peerAt(port, { host: 'localhost', tls: { verify: false } })
    expect((await echo(peer, signal())).implementation).toBe('SCRIPTED')
    expect(names).toEqual(['localhost'])
  })

  test('with verification an unknown issuer is TLS with its code', async () => {
    const { port } = await tlsServer()
    await expect(echo(peerAt(port, { host: 'localhost', tls: { verify: true } }), signal())).rejects.toMatchObject({
      code: 'TLS',
      details: { cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })

  test('a server that does not speak TLS is TLS', async () => {
    const here = await openTestNode()
    closing.push(() => here.close())
    await expect(echo(peerAt(here.port, { tls: { verify: false } }), signal())).rejects.toMatchObject({ code: 'TLS' })
  })

  test('a server that speaks only TLS does not look like DICOM to a plain call', async () => {
    const { port } = await tlsServer()
    await expect(echo(peerAt(port), signal())).rejects.toMatchObject({ code: expect.stringMatching(/NOT_DICOM|LOST/) })
  })
})
