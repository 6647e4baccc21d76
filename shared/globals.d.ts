// What Node 22+, Electron and browsers all have. Listed one by one so that `fs`, `window` or `document` do not compile in shared/.
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
  throwIfAborted(): void
}
declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
declare class TextEncoder {
  encode(input: string): Uint8Array<ArrayBuffer>
}
declare const crypto: { randomUUID(): string; getRandomValues<T extends Uint8Array>(array: T): T }
