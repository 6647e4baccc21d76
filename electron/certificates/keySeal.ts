/** Hides the private key where the system has a password store; injected by the host that can reach one. */
export interface KeySeal {
  /** Which store: `the password store of this computer (kwallet6)`. */
  readonly name: string
  seal(text: string): Promise<Buffer>
  open(sealed: Buffer): Promise<string>
}
