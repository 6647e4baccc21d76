import { createInterface } from 'node:readline'
import { openTestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import type { DiagnosisRun } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'

/** Runs inside a network namespace: takes a server's fields a line, answers the finished test a line. */
const here = await openTestWorkstation('HERE')
const serverId = here.addServer('Northview', 11112)
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const { serverId: _, isDefault: __, lastTest: ___, ...saved } = here.servers.get(serverId)
  const fields: ServerFields = { ...saved, queryRetrieve: false, ...(JSON.parse(line) as Partial<ServerFields>) }
  const input = { serverId, fields, options: { testImage: false, rehearseRetrieve: false, internet: true } }
  let last: DiagnosisRun | undefined
  for await (const run of here.diagnosis.run(input, AbortSignal.timeout(20_000))) last = run
  process.stdout.write(`${JSON.stringify(last)}\n`)
}
await here.stop()
