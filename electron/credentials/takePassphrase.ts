import { PASSPHRASE_VARIABLE } from './openCredentials.ts'

/** Taken out of the environment, so that no program that this one starts inherits it. */
export function takePassphrase(environment: NodeJS.ProcessEnv): string {
  const passphrase = environment[PASSPHRASE_VARIABLE] ?? ''
  delete environment[PASSPHRASE_VARIABLE]
  return passphrase
}
