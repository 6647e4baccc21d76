/** For the page: pictures recorded by the browser's own encoder, as a whole MP4 of the first of these codecs that it has. */
export async function recordClip(codecs: readonly string[]) {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 64
  const context = canvas.getContext('2d')
  const types = codecs.map((codec) => `video/mp4;codecs=${codec}`)
  const mimeType = types.find((each) => MediaRecorder.isTypeSupported(each))
  if (!mimeType || !context) return undefined
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType })
  const parts: Blob[] = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve
  })
  recorder.start()
  for (let step = 0; step < 12; step += 1) {
    context.fillStyle = `hsl(${step * 30} 100% 50%)`
    context.fillRect(0, 0, 64, 64)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  recorder.stop()
  await stopped
  return { mimeType, bytes: [...new Uint8Array(await new Blob(parts).arrayBuffer())] }
}
