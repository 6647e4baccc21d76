import { MessageChannel } from 'node:worker_threads'
import type { MenuItemConstructorOptions, MessageEvent, MessagePortMain } from 'electron'
import { describe, expect, test } from 'vitest'
import { ArchiveOpenError } from '#electron/archive/archiveOpenError.ts'
import { WorkstationError } from '#electron/workstation.ts'
import type { WireMessage } from '#shared/contract/wire.ts'
import { readCommandLine } from './commandLine.ts'
import { isAllowedRequest, mayUse } from './harden.ts'
import { menuTemplate } from './menu.ts'
import { portWire } from './portWire.ts'
import { answerPage } from './protocol.ts'
import { APP_SCHEME, isOwnPage } from './scheme.ts'
import { startFailure } from './startFailure.ts'
import { windowOptions } from './window.ts'

describe('the page’s origin', () => {
  test.each(['app://workstation/', 'app://workstation/assets/a.js', 'app://workstation'])('%s is ours', (url) => {
    expect(isOwnPage(url)).toBe(true)
  })

  test.each([
    'https://example.org/',
    'file:///etc/passwd',
    'app://other/',
    'app://workstation.evil/',
    'app://workstation@evil/',
    'app://x:y@workstation/',
    'javascript:alert(1)',
    'about:blank',
    '',
  ])('%s is not', (url) => {
    expect(isOwnPage(url)).toBe(false)
  })

  test('the scheme is a standard, secure one that can fetch and stream', () => {
    expect(APP_SCHEME.privileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
      corsEnabled: true,
    })
  })
})

describe('what the page may do', () => {
  test('full screen, copying and notices for our own page, nothing else, nobody else', () => {
    expect(mayUse('fullscreen', 'app://workstation/')).toBe(true)
    expect(mayUse('clipboard-sanitized-write', 'app://workstation/')).toBe(true)
    expect(mayUse('notifications', 'app://workstation/')).toBe(true)
    for (const permission of ['media', 'geolocation', 'openExternal', 'clipboard-read', 'hid', 'usb'])
      expect(mayUse(permission, 'app://workstation/')).toBe(false)
    expect(mayUse('fullscreen', 'https://example.org/')).toBe(false)
    expect(mayUse('notifications', 'https://example.org/')).toBe(false)
  })

  test('no request leaves the page’s origin', () => {
    expect(isAllowedRequest('app://workstation/data/frames')).toBe(true)
    expect(isAllowedRequest('blob:app://workstation/1234')).toBe(true)
    expect(isAllowedRequest('https://example.org/x.js')).toBe(false)
    expect(isAllowedRequest('http://127.0.0.1:1234/')).toBe(false)
    expect(isAllowedRequest('file:///etc/passwd')).toBe(false)
  })

  test('the window has a sandbox, an isolated context and no Node', () => {
    expect(windowOptions('/preload.cjs', undefined).webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
    })
  })
})

describe('answers to the page', () => {
  const answer = answerPage({
    pageFile: (path) =>
      Promise.resolve(
        path === '/' ? { type: 'text/html; charset=utf-8', bytes: Uint8Array.of(60), immutable: false } : undefined,
      ),
    workstation: {
      practiceHost: {
        ...{ device: undefined, isKept: () => true, remove: async () => {}, ready: async () => {}, serve: () => {} },
        ...{ close: async () => {} },
        dataPlane: async (request) => new Response(`practice ${new URL(request.url).pathname} ${await request.text()}`),
      },
      dataPlane: async (request) =>
        request.url.endsWith('/broken')
          ? Promise.reject(new Error('broken'))
          : new Response(`${request.method} ${await request.text()}`, {
              status: 202,
              headers: { 'content-security-policy': 'anything', 'x-kept': '1' },
            }),
    },
  })
  const ask = (path: string, init?: RequestInit) => answer(new Request(`app://workstation${path}`, init))

  test('a file of the list is served with its type and the security headers', async () => {
    const response = await ask('/')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toBe('<')
  })

  test('what is asked below the page of practice goes to practice, with its body', async () => {
    expect((await ask('/practice/')).status).toBe(200)
    const response = await ask('/practice/data/import/1?name=a', { method: 'PUT', body: 'bytes' })
    expect(await response.text()).toBe('practice /data/import/1 bytes')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('the data plane gets method and body, and its answer our headers', async () => {
    const response = await ask('/data/import/1', { method: 'PUT', body: 'bytes' })
    expect([response.status, await response.text()]).toEqual([202, 'PUT bytes'])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-kept')).toBe('1')
  })

  test.each([
    ['/missing.js', 'GET', 404],
    ['/../../etc/passwd', 'GET', 404],
    ['/', 'POST', 405],
    ['/data/broken', 'GET', 500],
  ])('%s by %s is answered %i with the security headers', async (path, method, status) => {
    const response = await ask(path, { method })
    expect(response.status).toBe(status)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('another host of the same scheme gets nothing', async () => {
    expect((await answer(new Request('app://other/'))).status).toBe(403)
  })
})

describe('the wire over a port', () => {
  /** Node's port with the shape of Electron's: events carry the message as `data`. */
  function electronPort(port: InstanceType<typeof MessageChannel>['port1']) {
    return {
      on(event: string, listener: (event: MessageEvent) => void) {
        port.on(event, (data: unknown) => listener({ data, ports: [] as MessagePortMain[] }))
        return this as never
      },
      postMessage: (message: unknown) => port.postMessage(message),
      start: () => port.start(),
      close: () => port.close(),
    }
  }

  test('messages go both ways, and a closed end closes the other', async () => {
    const { port1, port2 } = new MessageChannel()
    const [host, page] = [portWire(electronPort(port1)), portWire(electronPort(port2))]
    const received: unknown[] = []
    const message: WireMessage = { kind: 'call', id: 1, operation: 'studies.list', input: {} }
    const arrived = new Promise<void>((resolve) =>
      host.onMessage((each) => {
        received.push(each)
        resolve()
      }),
    )
    page.send(message)
    await arrived
    expect(received).toEqual([message])
    const closed = new Promise<void>((resolve) => page.onClose(resolve))
    host.close()
    await closed
    host.send(message)
    let late = false
    host.onClose(() => {
      late = true
    })
    expect(late).toBe(true)
  })
})

describe('the command line', () => {
  test('files are told from flags, in development and installed', () => {
    const installed = ['/opt/negatoscope', '--no-sandbox', '--data', '/srv/x', '/home/a/b.dcm']
    expect(readCommandLine(installed, true, '/home')).toMatchObject({ dataFolder: '/srv/x', files: ['/home/a/b.dcm'] })
    expect(readCommandLine(['/opt/x', 'file:///home/a%20b.dcm'], true, '/').files).toEqual(['/home/a b.dcm'])
    const development = ['/node_modules/electron', '/project', '--data=/srv/y', 'c.dcm']
    expect(readCommandLine(development, false, '/home')).toEqual({
      dataFolder: '/srv/y',
      files: ['/home/c.dcm'],
      rebuildIndex: false,
      hidden: false,
    })
    expect(readCommandLine(['/opt/x', '--hidden'], true, '/').hidden).toBe(true)
  })

  test('a damaged index is made anew by flag, or by the button that the dialog then offers', () => {
    expect(readCommandLine(['/opt/x', '--rebuild-index', 'a.dcm'], true, '/')).toMatchObject({
      rebuildIndex: true,
      files: ['/a.dcm'],
    })
    const damaged = new ArchiveOpenError('INDEX_DAMAGED', 'The index is damaged.')
    expect(startFailure(new WorkstationError(damaged.message, { cause: damaged })).canRebuild).toBe(true)
    const busy = new WorkstationError('Another workstation uses this folder.')
    expect(startFailure(busy)).toEqual({ sentence: busy.message, canRebuild: false })
    expect(startFailure(new TypeError('x')).sentence).toContain('The log has the details')
  })
})

describe('the menu', () => {
  const roles = (items: MenuItemConstructorOptions[]): string[] =>
    items.flatMap((item) => [item.role ?? '', ...(Array.isArray(item.submenu) ? roles(item.submenu) : [])])

  test('has copy and quit everywhere, developer tools only from the sources', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const packaged = roles(menuTemplate({ platform, packaged: true, appName: 'Negatoscope' }))
      expect(packaged).toEqual(expect.arrayContaining(['copy', 'paste', 'quit', 'togglefullscreen']))
      expect(packaged).not.toContain('toggleDevTools')
    }
    expect(roles(menuTemplate({ platform: 'linux', packaged: false, appName: 'x' }))).toContain('toggleDevTools')
  })
})
