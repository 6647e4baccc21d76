import type { CertificateInfo } from '#shared/contract/certificates.ts'

/** Our certificate with its chain and the key to it, both PEM. */
export interface Identity {
  certificate: string
  key: string
}

/** Whom a server's certificate must come from. `nobody`: encrypted, but nothing is checked. */
export type Trust =
  | { kind: 'nobody' }
  | { kind: 'system' }
  | { kind: 'authorities'; certificates: string[] }
  | { kind: 'pinned'; fingerprint: string }

/** How a server is called over TLS. Plain data: it crosses threads. */
export interface PeerTls {
  trust: Trust
  /** The name that its certificate must carry, where it is not the host that we call; '' = the host. */
  expectedName: string
  /** Shown when the server asks for one. */
  identity: Identity | undefined
}

/** How callers are received over TLS. */
export interface ListenerTls {
  identity: Identity
  /** `ask`: who shows none is let in, who shows a bad one is not. */
  clientCertificates: 'none' | 'ask' | 'require'
  /** PEM, one each: who vouches for callers. */
  authorities: string[]
}

/** What the handshake found. */
export interface Security {
  /** `TLSv1.3` */
  protocol: string
  cipher: string
  certificate: CertificateInfo
}
