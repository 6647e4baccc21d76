import { parentPort } from 'node:worker_threads'
import type { CodecAnswer, CodecJob } from './codecJob.ts'

const clock = new Int32Array(new SharedArrayBuffer(4))

/** A decoder that never comes back from frame 1, dies of frame 2, and has to wait for the processor at frame 3. */
parentPort?.on('message', ({ id, frame }: CodecJob) => {
  parentPort?.postMessage({ id, samples: 1 } satisfies CodecAnswer)
  for (; frame === 1; );
  if (frame === 2) process.exit(1)
  if (frame === 3) Atomics.wait(clock, 0, 0, 250)
  parentPort?.postMessage({ id, buffer: new ArrayBuffer(frame) } satisfies CodecAnswer)
})
