import { demoStudies } from '#electron/demo/demoStudies.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'

/** Made here, from our own generator, and taken in by the road that every imported file takes. */
export async function addDemoStudies(
  transfers: Pick<Transfers, 'beginImport' | 'importFile' | 'finishImport' | 'row'>,
): Promise<number[]> {
  const transferId = transfers.beginImport({ title: 'Demo studies', files: 0, kind: 'demo' })
  for (const { name, bytes } of demoStudies()) {
    const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
    await transfers.importFile(transferId, name, body)
  }
  const studyIds = transfers.row(transferId)?.studyIds ?? []
  transfers.finishImport(transferId)
  return studyIds
}
