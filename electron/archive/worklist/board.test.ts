import { expect, test } from 'vitest'
import { orderContentOf } from '#electron/worklist/orderFixture.ts'
import { temporaryFolder } from '../archiveFixture.ts'
import { openIndex } from '../openIndex.ts'
import { boardReader } from './board.ts'
import { ordersWriter } from './ordersWriter.ts'

test('a board of more requests than it shows finds those that fit among all of them', async () => {
  const folder = temporaryFolder()
  const { db } = openIndex(folder.path)
  const orders = ordersWriter(db)
  db.transaction(() => {
    for (let at = 0; at < 1600; at += 1) {
      const request = { modality: at === 1555 ? 'US' : 'DX', stationAETitle: at === 1555 ? 'US1' : 'DR1' }
      const source = { kind: 'front-desk', name: '', serverId: null } as const
      orders.create({ content: orderContentOf({ patientName: `Many^No${at}` }, request), source })
    }
  })()
  const { board } = boardReader(db)
  const ask = async (among?: Parameters<typeof board>[2]) => {
    const { cards, truncated } = await board('20261121', '20261121', among)
    return { cards: cards.length, truncated, first: cards[0]?.order.patient.patientName }
  }
  expect(await ask()).toMatchObject({ cards: 1500, truncated: true })
  const only = { cards: 1, truncated: false, first: 'Many^No1555' }
  expect(await ask({ text: 'mány no1555', modalities: [], stationAETitle: '' })).toEqual(only)
  expect(await ask({ text: '', modalities: ['US', 'CT'], stationAETitle: '' })).toEqual(only)
  expect(await ask({ text: 'sato', modalities: ['US'], stationAETitle: 'US1' })).toEqual(only)
  expect(await ask({ text: 'nobody', modalities: [], stationAETitle: '' })).toMatchObject({ cards: 0 })
  db.close()
  folder.remove()
})
