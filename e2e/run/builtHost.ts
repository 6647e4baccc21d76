import { build } from '#electron/build.ts'

/** Before the first test: the host as it is built now. Nothing happens when it is. */
export async function setup(): Promise<void> {
  await build(['host'])
}
