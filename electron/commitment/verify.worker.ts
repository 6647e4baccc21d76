import { parentPort } from 'node:worker_threads'
import { expose } from '#electron/threads/expose.ts'
import type { FileToVerify, VerifyApi } from './verifyApi.ts'
import { verifyBuffer, verifyFile } from './verifyFile.ts'

/** Reads stored files again for commitment: a thread of its own, so that neither receiving nor the page waits. */
if (!parentPort) throw new Error('verify.worker.ts runs as a worker thread only')

const api: VerifyApi = {
  async *verify(files: FileToVerify[], signal: AbortSignal) {
    const chunk = verifyBuffer()
    for (const file of files) {
      if (signal.aborted) return
      yield await verifyFile(file, chunk)
    }
  },
}
expose(parentPort, api)
