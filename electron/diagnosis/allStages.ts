import type { Stage } from './stage.ts'
import { association } from './stages/association.ts'
import { contexts } from './stages/contexts.ts'
import { echo } from './stages/echo.ts'
import { find } from './stages/find.ts'
import { name } from './stages/name.ts'
import { network } from './stages/network.ts'
import { ping } from './stages/ping.ts'
import { port } from './stages/port.ts'
import { protocol } from './stages/protocol.ts'
import { rest } from './stages/rest.ts'
import { retrieve } from './stages/retrieve.ts'
import { route } from './stages/route.ts'
import { storage } from './stages/storage.ts'
import { testImage } from './stages/testImage.ts'
import { tls } from './stages/tls.ts'

/** From this computer to the images, each on the ground of those before. */
export const allStages: readonly Stage[] = [
  ...[network, name, route, ping, port, protocol, tls, rest],
  ...[association, contexts, echo, find, storage, testImage, retrieve],
]
