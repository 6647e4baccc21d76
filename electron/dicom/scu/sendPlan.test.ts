import { expect, test } from 'vitest'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { InstanceToSend } from '../nodeApi.ts'
import { planSend } from './sendPlan.ts'

const instance: InstanceToSend = {
  instanceId: 1,
  sopClassUID: '',
  sopInstanceUID: '1.2',
  transferSyntaxUID: EXPLICIT_VR_LITTLE_ENDIAN,
  path: '',
  bytes: 1,
}

test('a batch of more than 128 contexts is split over associations, in order', () => {
  const instances = Array.from({ length: 100 }, (_, i) => ({ ...instance, instanceId: i, sopClassUID: `1.2.${i}` }))
  const loads = planSend(instances)
  expect(loads.map(({ contexts }) => contexts.length)).toEqual([128, 72])
  expect(loads.flatMap((load) => load.instances.map(({ instanceId }) => instanceId))).toEqual(
    instances.map((i) => i.instanceId),
  )
  expect(loads[0]?.contexts.at(-1)?.id).toBe(255)
})
