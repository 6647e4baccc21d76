import { mkdirSync } from 'node:fs'
import { openIndex } from '#electron/archive/openIndex.ts'
import { ordersWriter } from '#electron/archive/worklist/ordersWriter.ts'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'

export const ORDERS = 10_000
export const STATIONS = 20
export const DAYS = 25

/** Open requests of the coming days, as many a day and device. */
export function fillWithOrders(dataFolder: string, days = DAYS): void {
  mkdirSync(dataFolder)
  const { db } = openIndex(dataFolder)
  const orders = ordersWriter(db)
  db.transaction(() => {
    for (let at = 0; at < ORDERS; at += 1) {
      const day = new Date()
      day.setDate(day.getDate() + (Math.floor(at / STATIONS) % days))
      const request = { date: dateOf(day), stationAETitle: `STATION${at % STATIONS}` }
      orders.create({ content: orderContentOf({ patientName: `Bench^${at}` }, request), source: frontDesk })
    }
  })()
  db.close()
}
