import { parentPort } from 'node:worker_threads'
import type { CodecAnswer, CodecJob } from './codecJob.ts'

/** A decoder that never comes back from frame 1 and dies of frame 2. */
parentPort?.on('message', ({ id, frame }: CodecJob) => {
  parentPort?.postMessage({ id, samples: 1 } satisfies CodecAnswer)
  for (; frame === 1; );
  if (frame === 2) process.exit(1)
  parentPort?.postMessage({ id, buffer: new ArrayBuffer(frame) } satisfies CodecAnswer)
})
