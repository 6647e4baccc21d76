import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { localAddresses } from '#electron/settings/localAddresses.ts'

/**
 * Our own address on the way to a host, which is what its administrator must enter (R024). A connected UDP socket asks
 * the routing table without sending a packet. Falls back to the first address that other machines could reach.
 */
export async function ourAddressTowards(host: string): Promise<string> {
  const fallback = localAddresses()[0]?.address ?? '127.0.0.1'
  try {
    const { address } = await withTimeout(lookup(host), 2000)
    return await routeTo(address)
  } catch {
    return fallback
  }
}

/** Rejects with the system's code where no way leads there. */
export function routeTo(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    // Node hands a failure to this listener too, though its types do not say so.
    const onConnect = (...[error]: unknown[]) => {
      if (error instanceof Error) {
        socket.close()
        reject(error)
        return
      }
      const own = socket.address().address
      socket.close()
      resolve(own)
    }
    socket.connect(104, address, onConnect)
  })
}

function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), timeoutMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
