import { describe, expect, test } from 'vitest'
import { ageOn, ageText } from './age.ts'
import { dateOf, formatDate, formatTime, parseDate, parseDateTime, parseTime } from './dateTime.ts'

describe('dates', () => {
  test('a day of the calendar is read, also with the dots of ACR-NEMA', () => {
    expect(parseDate('20240229')).toEqual({ year: 2024, month: 2, day: 29 })
    expect(parseDate('1997.04.01')).toEqual({ year: 1997, month: 4, day: 1 })
  })

  test.each(['20230229', '20241301', '20240100', '2024010', 'x0240101', '', '2024.0101'])('%j is no day', (value) => {
    expect(parseDate(value)).toBeUndefined()
  })

  test('a date is shown with dashes, and what is none is shown as it is', () => {
    expect(formatDate('20261121')).toBe('2026-11-21')
    expect(formatDate('unknown')).toBe('unknown')
  })

  test('a moment becomes the day of this machine', () => {
    expect(dateOf(new Date(2026, 10, 21, 23, 59))).toBe('20261121')
  })
})

describe('times', () => {
  test('a time may stop at any unit', () => {
    expect(parseTime('10')).toEqual({ hour: 10, minute: 0, second: 0, microsecond: 0 })
    expect(parseTime('102130.5')).toEqual({ hour: 10, minute: 21, second: 30, microsecond: 500_000 })
    expect(parseTime('10:21:30')).toEqual({ hour: 10, minute: 21, second: 30, microsecond: 0 })
    expect(formatTime('102130')).toBe('10:21')
  })

  test.each(['24', '1060', '1', '102130.', 'noon'])('%j is no time', (value) => {
    expect(parseTime(value)).toBeUndefined()
  })

  test('a moment with an offset says how far it is from UTC', () => {
    expect(parseDateTime('20261121102130.123456-0530')).toEqual({
      date: { year: 2026, month: 11, day: 21 },
      time: { hour: 10, minute: 21, second: 30, microsecond: 123_456 },
      offsetMinutes: -330,
    })
    expect(parseDateTime('2026')?.offsetMinutes).toBeUndefined()
    expect(parseDateTime('20261340')).toBeUndefined()
  })
})

describe('ages', () => {
  test.each([
    ['008Y', '8 y'],
    ['018M', '18 mo'],
    ['006W', '6 w'],
    ['003D', '3 d'],
    ['8', ''],
    ['', ''],
  ])('%j reads %j', (value, text) => {
    expect(ageText(value)).toBe(text)
  })

  test.each([
    ['20181121', '8 y'],
    ['20181122', '7 y'],
    ['20250601', '17 mo'],
    ['20261001', '7 w'],
    ['20261120', '1 d'],
    ['20270101', ''],
    ['', ''],
  ])('born %s is %j old on 21 November 2026', (birthDate, age) => {
    expect(ageOn(birthDate, '20261121')).toBe(age)
  })
})
