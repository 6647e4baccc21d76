import { safeStorage } from 'electron'
import type { KeySeal } from '#electron/certificates/keySeal.ts'

/**
 * The password store of the system, where there is one: on Linux Electron otherwise takes a password that is printed in its
 * own source, which hides nothing. Call it when the app is ready.
 */
export async function systemKeySeal(): Promise<KeySeal | undefined> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined
  return {
    name: 'the password store of this computer',
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
  }
}
