import { join } from 'node:path'
import { dcmtkTls, hostTls, makeCertificates } from '../peers/certificates.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES } from './ctFiles.ts'
import { interleave, seconds } from './measure.ts'
import { fasterThanPeer, type Row } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'

const BESIDE_PLAIN = { must: 0.6, want: 0.8 }

/** The same images from the same sender to the same receiver, encrypted and not. */
export const tls: Scenario = {
  name: 'tls',
  run: async ({ runs, ctFiles }) => {
    using folder = temporaryFolder()
    const certificates = await makeCertificates(join(folder.path, 'certificates'))
    const rows: Row[] = []
    for (const associations of [1, 4]) {
      const shares = ctFiles().shares(associations)
      const receive = (isSecure: boolean) => async () => {
        using own = temporaryFolder()
        const dataFolder = join(own.path, 'data')
        await using workstation = await startWorkstation({ dataFolder, flags: hostTls(certificates) })
        const { aeTitle, dicomPort, tlsPort } = workstation
        const to = { aeTitle, port: isSecure ? (tlsPort ?? 0) : dicomPort }
        const options = isSecure ? dcmtkTls(certificates) : []
        const elapsed = await seconds(() => Promise.all(shares.map((paths) => storescu(to, paths, { options }))))
        const count = storedFiles(dataFolder).length
        if (count !== CT_IMAGES) throw new Error(`${count} of ${CT_IMAGES} are kept`)
        return elapsed
      }
      const { secure, plain } = await interleave(runs, { secure: receive(true), plain: receive(false) })
      const name = `receive ${CT_IMAGES} CT over TLS, ${associations} association${associations > 1 ? 's' : ''}`
      const figures = { name, unit: 's', ours: secure, peer: plain, peerName: 'ours in plain' } as const
      rows.push(fasterThanPeer(figures, BESIDE_PLAIN.must, BESIDE_PLAIN.want))
    }
    return rows
  },
}
