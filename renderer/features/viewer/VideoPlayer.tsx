import { useEffect, useState } from 'react'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { repackBeside } from '../../viewer/video/repackBeside.ts'
import css from './VideoPlayer.module.css'

/** Larger ones are saved and opened elsewhere: a page cannot hold them. */
const MOST_BYTES = 512 * 1024 * 1024
const MP4 = 'video/mp4'
/** MPEG-4 AVC of any level (PS3.5 8.2.7 and 8.2.8). */
const H264 = /^1\.2\.840\.10008\.1\.2\.4\.10[2-6](\.|$)/
const MPEG2 = /^1\.2\.840\.10008\.1\.2\.4\.10[01](\.|$)/

const DAMAGED = 'The data of this video are damaged. Save it: another program may play a part of it.'
/** Browsers tell a kind that they do not know, and a container that is damaged, by one and the same code. */
const UNKNOWN =
  'This browser cannot play this video: it has no decoder for it, or the video is damaged. Save it and open it with another program.'

type Found = { url: string } | { problem: string } | undefined

interface VideoPlayerProps {
  instanceId: number
  image: InstanceImage
  onProblem(sentence: string): void
}

/**
 * H.264, however it is packed, and H.265 in MP4, where this browser has a decoder; else why not, with what to do.
 */
export function VideoPlayer({ instanceId, image, onProblem }: VideoPlayerProps) {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    const stop = new AbortController()
    let url: string | undefined
    void load(instanceId, image, stop.signal).then((answer) => {
      if (stop.signal.aborted) return
      if ('problem' in answer) onProblem(answer.problem)
      else {
        url = URL.createObjectURL(answer.video)
        setFound({ url })
      }
    })
    return () => {
      stop.abort()
      if (url) URL.revokeObjectURL(url)
    }
  }, [instanceId, image, onProblem])
  if (!found || !('url' in found)) {
    return (
      <p className={css.loading} role="status">
        Loading the video
      </p>
    )
  }
  return (
    <video
      className={css.video}
      src={found.url}
      controls
      loop
      muted
      aria-label="Video of the examination"
      onError={({ currentTarget: { error } }) =>
        onProblem(error?.code === MediaError.MEDIA_ERR_DECODE ? DAMAGED : UNKNOWN)
      }
    />
  )
}

async function load(
  instanceId: number,
  { transferSyntaxUID, rows, columns, frameTimeMs }: InstanceImage,
  signal: AbortSignal,
): Promise<{ video: Blob } | { problem: string }> {
  if (MPEG2.test(transferSyntaxUID))
    return { problem: 'Browsers have no decoder for MPEG-2 video. Save it and open it with another program.' }
  try {
    const response = await fetch(`data/content/${instanceId}`, { signal })
    if (!response.ok) return { problem: await response.text() }
    if (Number(response.headers.get('content-length')) > MOST_BYTES) {
      await response.body?.cancel()
      return { problem: 'This video is larger than 512 MB. Save it and open it with another program.' }
    }
    const bytes = await response.arrayBuffer()
    const kind = new TextDecoder('latin1').decode(bytes.slice(4, 8))
    if (kind !== 'ftyp' && H264.test(transferSyntaxUID))
      return await repackBeside({ bytes: new Uint8Array(bytes), rows, columns, frameTimeMs }, signal)
    if (kind !== 'ftyp')
      return {
        problem: 'This video is not packed as MP4, which browsers need. Save it and open it with another program.',
      }
    return { video: new Blob([bytes], { type: MP4 }) }
  } catch {
    return { problem: 'The video does not arrive: the workstation does not answer.' }
  }
}
