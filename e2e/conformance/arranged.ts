import { join } from 'node:path'
import { dcmsend } from '../peers/dcmtk.ts'
import { type Connection, connect } from '../workstation/connect.ts'
import { run } from '../workstation/spawned.ts'
import { startWorkstation, type Workstation, type WorkstationOptions } from '../workstation/startWorkstation.ts'
import { writeDemoFiles } from './demoFiles.ts'

export interface Arranged {
  workstation: Workstation
  connection: Connection
  /** The plain listener, as a peer names it. */
  own: { aeTitle: string; port: number }
  files: string[]
  /** Study Instance UID of the generator's CT. */
  ctStudy: string
}

/** A workstation that answers queries, and the generator's studies as files; `filled` has them here already. */
export async function arranged<Result>(
  folder: string,
  options: Partial<WorkstationOptions> & { filled?: boolean },
  act: (arranged: Arranged) => Promise<Result>,
): Promise<Result> {
  const { filled, ...rest } = options
  await using workstation = await startWorkstation({ dataFolder: join(folder, 'data'), enable: 'qr', ...rest })
  using connection = await connect(workstation.url)
  const own = { aeTitle: workstation.aeTitle, port: workstation.dicomPort }
  const files = writeDemoFiles(join(folder, 'files'))
  if (filled) await dcmsend(own, files)
  return await act({ workstation, connection, own, files, ctStudy: await studyOf(files[0] ?? '') })
}

async function studyOf(file: string): Promise<string> {
  const { stdout } = await run('dcmdump', ['-q', '-s', '+P', '0020,000d', file])
  return /\[([^\]]+)\]/.exec(stdout)?.[1] ?? ''
}
