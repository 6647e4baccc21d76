import { writePart10 } from '#electron/demo/writePart10.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { joinedBytes, startCoded, transportStreamOf } from '#shared/imaging/videoStreamFixture.ts'
import { lengthPrefixedPictures } from './browser/mp4Pictures.ts'
import { recordClip } from './browser/recordClip.ts'
import { expect, test } from './browser/test.ts'
import { open, tile } from './browser/viewerStudies.ts'

/** The same pictures in a transport stream, as recorders of endoscopes write them. */
function inPackets(mp4: Uint8Array<ArrayBuffer>): Uint8Array {
  const pictures = lengthPrefixedPictures(mp4)
  return transportStreamOf(
    pictures.map((units, at) => ({
      data: joinedBytes(units.map((unit) => startCoded(unit))),
      decode: 3600 * at,
      show: 3600 * at,
    })),
  )
}

const H264 = '1.2.840.10008.1.2.4.102'

function video(name: string, stream: Uint8Array): Uint8Array<ArrayBuffer> {
  return writePart10({
    transferSyntaxUID: H264,
    dataSet: {
      ...{ PatientName: name, PatientID: name, StudyInstanceUID: newUID(), SeriesInstanceUID: newUID() },
      ...{
        SOPInstanceUID: newUID(),
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.77.1.1.1',
        Modality: 'ES',
        StudyDate: '20260102',
      },
      ...{
        NumberOfFrames: 10,
        FrameTime: 40,
        Rows: 64,
        Columns: 64,
        SamplesPerPixel: 3,
        BitsAllocated: 8,
        BitsStored: 8,
      },
      ...{ HighBit: 7, PixelRepresentation: 0, PhotometricInterpretation: 'YBR_PARTIAL_420', PlanarConfiguration: 0 },
      PixelData: { fragments: [stream] },
    },
  })
}

test('a video plays where the browser can, else the reason stands beside what can be saved', async ({
  page,
  workstation,
  connection,
}) => {
  await page.goto(workstation.url)
  // Made by the browser's own encoder, so that it is a whole MP4 of a codec that it has.
  const encoded = (await page.evaluate(recordClip, ['avc1.42E01E']))?.bytes
  if (!encoded) throw new Error('This Chromium records no H.264: Debian’s does')
  const { transferId } = await connection.ask.transfers.beginImport({ title: 'video', files: 3 })
  const files = [
    video('Raw', Uint8Array.of(0, 0, 0, 1, 0x67, 0x42, 0, 0x1e)),
    video('Plays', Uint8Array.from(encoded)),
    video('Packets', inPackets(Uint8Array.from(encoded))),
  ]
  for (const body of files) await connection.data(`/data/import/${transferId}?name=v.dcm`, { method: 'PUT', body })
  await connection.ask.transfers.finishImport({ transferId })

  await open(page, workstation.url, 'Raw')
  await expect(tile(page).getByRole('alert')).toContainText('neither browsers nor this program read')
  await expect(tile(page).getByRole('link', { name: 'Save video' })).toBeVisible()
  for (const name of ['Plays', 'Packets']) {
    await page.keyboard.press('Escape')
    await open(page, workstation.url, name)
    const player = tile(page).getByLabel('Video of the examination')
    await expect(player).toBeVisible()
    await player.evaluate((element) => (element as HTMLVideoElement).play())
    await expect
      .poll(() => player.evaluate((element) => (element as HTMLVideoElement).currentTime))
      .toBeGreaterThan(0.05)
  }
})
