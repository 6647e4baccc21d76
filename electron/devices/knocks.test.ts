import { expect, test } from 'vitest'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { Knocks } from './knocks.ts'

test('ten thousand knocks make one card, and a host of ten thousand names leaves room for the others', () => {
  const knocked = new Knocks()
  const knock = { calledAETitle: 'HERE', firstAt: Date.now(), lastAt: Date.now(), times: 1, offered: [CT_IMAGE] }
  for (let turn = 0; turn < 10_000; turn += 1) knocked.heard({ ...knock, aeTitle: 'CT1', address: '10.0.0.1' })
  expect(knocked.all()).toMatchObject([{ times: 10_000 }])
  for (let turn = 0; turn < 10_000; turn += 1) knocked.heard({ ...knock, aeTitle: `N${turn}`, address: '10.0.0.2' })
  expect(knocked.all()).toHaveLength(9)
  expect(knocked.get('CT1@10.0.0.1')?.times).toBe(10_000)
  for (let turn = 0; turn < 1000; turn += 1) knocked.heard({ ...knock, aeTitle: 'X', address: `10.1.${turn}` })
  expect(knocked.all()).toHaveLength(100)
})
