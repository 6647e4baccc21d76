import { describe, expect, test } from 'vitest'
import {
  CALLED_AE_TITLE_NOT_RECOGNIZED,
  isTransientReject,
  LOCAL_LIMIT_EXCEEDED,
  rejectWords,
} from './associationReject.ts'
import { isStorage, sopClassName, storageSOPClassUIDs } from './sopClass.ts'
import { statusClass, statusWords } from './status.ts'
import { formatTag, keywordOf, tagOf, valueRepresentationsOf } from './tag.ts'
import { isVideo, storableTransferSyntaxUIDs, TRANSFER_SYNTAXES, transferSyntaxName } from './transferSyntax.ts'
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, isAcceptableUID, isUID, newUID } from './uid.ts'

describe('UIDs', () => {
  test('a new one is valid and its own', () => {
    const uids = Array.from({ length: 100 }, () => newUID())
    expect(uids.every(isUID)).toBe(true)
    expect(new Set(uids).size).toBe(100)
  })

  test.each(['', '1', '1..2', '1.02', '.1.2', '1.2.', '../../x', '1.2\0', `1.${'2'.repeat(63)}`, '1.2 '])(
    '%j is none',
    (value) => {
      expect(isUID(value)).toBe(false)
    },
  )

  test.each(['1.2.03.4', '1', 'abcdef0123456789', 'f'.repeat(64)])('%j is met in the field and accepted', (value) => {
    expect(isAcceptableUID(value)).toBe(true)
  })

  test.each(['', '.1.2', '../../x', '1.2/3', 'a b', '1.2\0', '1\\2', 'f'.repeat(65)])(
    '%j is never accepted',
    (value) => {
      expect(isAcceptableUID(value)).toBe(false)
    },
  )

  test('what we announce is valid', () => {
    expect(isUID(IMPLEMENTATION_CLASS_UID)).toBe(true)
    expect(IMPLEMENTATION_VERSION_NAME.length).toBeLessThanOrEqual(16)
  })
})

describe('SOP classes', () => {
  test.each([
    '1.2.840.10008.5.1.4.1.1.1',
    '1.2.840.10008.5.1.4.1.1.2',
    '1.2.840.10008.5.1.4.1.1.3',
    '1.2.840.10008.5.1.4.1.1.3.1',
    '1.2.840.10008.5.1.4.1.1.4',
    '1.2.840.10008.5.1.4.1.1.5',
    '1.2.840.10008.5.1.4.1.1.20',
    '1.2.840.10008.5.1.4.1.1.6',
    '1.2.840.10008.5.1.4.1.1.6.1',
    '1.2.840.10008.5.1.4.1.1.7',
    '1.2.840.10008.5.1.4.1.1.1.1',
    '1.2.840.10008.5.1.4.1.1.1.1.1',
    '1.2.840.10008.5.1.4.1.1.12.1',
  ])('%s of the required list is a storage class with a name (R130-R141)', (uid) => {
    expect(isStorage(uid)).toBe(true)
    expect(sopClassName(uid)).not.toBe(uid)
  })

  test('every one is a UID; services and strangers are no storage classes', () => {
    expect(storageSOPClassUIDs().every(isUID)).toBe(true)
    for (const uid of ['1.2.840.10008.1.1', '1.2.840.10008.5.1.4.1.2.2.1', '1.2.3', 'constructor', 'toString'])
      expect(isStorage(uid)).toBe(false)
    expect(sopClassName('1.2.840.10008.5.1.4.1.1.6')).toBe('Ultrasound Image Storage (retired)')
    expect(sopClassName('1.2.3')).toBe('1.2.3')
  })
})

describe('transfer syntaxes', () => {
  test('the table has each UID once', () => {
    expect(TRANSFER_SYNTAXES.size).toBe(storableTransferSyntaxUIDs().length)
    expect(storableTransferSyntaxUIDs().every(isUID)).toBe(true)
  })

  test('only one is big endian, only one implicit', () => {
    const all = [...TRANSFER_SYNTAXES.values()]
    expect(all.filter((syntax) => !syntax.littleEndian).map((syntax) => syntax.uid)).toEqual(['1.2.840.10008.1.2.2'])
    expect(all.filter((syntax) => !syntax.explicit).map((syntax) => syntax.uid)).toEqual(['1.2.840.10008.1.2'])
  })

  test('names are words, videos are known', () => {
    expect(transferSyntaxName('1.2.840.10008.1.2.4.90')).toBe('JPEG 2000 Lossless')
    expect(transferSyntaxName('1.2.3')).toBe('1.2.3')
    expect(isVideo('1.2.840.10008.1.2.4.102')).toBe(true)
    expect(isVideo('1.2.840.10008.1.2.4.50')).toBe(false)
  })
})

describe('the data dictionary', () => {
  test('keyword, tag and VR lead to each other', () => {
    expect(tagOf('PatientName')).toBe('00100010')
    expect(keywordOf('00100010')).toBe('PatientName')
    expect(valueRepresentationsOf('7FE00010')).toEqual(['OB', 'OW'])
    expect(formatTag('00100010')).toBe('(0010,0010)')
  })

  test('overlays repeat over their groups', () => {
    expect(keywordOf('60023000')).toBe('OverlayData')
    expect(keywordOf('60033000')).toBeUndefined()
  })

  test('private tags are not in it', () => {
    expect(keywordOf('00091001')).toBeUndefined()
    expect(valueRepresentationsOf('00091001')).toEqual([])
  })
})

describe('statuses', () => {
  test.each([
    [0x0000, 'success'],
    [0xff00, 'pending'],
    [0xff01, 'pending'],
    [0xfe00, 'cancel'],
    [0xb000, 'warning'],
    [0xb007, 'warning'],
    [0x0107, 'warning'],
    [0xa700, 'failure'],
    [0xc123, 'failure'],
    [0x0110, 'failure'],
    [0x1234, 'failure'],
  ] as const)('%s is %s', (status, expected) => {
    expect(statusClass(status)).toBe(expected)
  })

  test('words carry the code last', () => {
    expect(statusWords(0xa700)).toBe('out of resources (A700)')
    expect(statusWords(0xc001)).toBe('cannot understand or unable to process (C001)')
    expect(statusWords(0x0122)).toBe('SOP class not supported (0122)')
  })

  test('a rejection is named with its three numbers', () => {
    expect(rejectWords(CALLED_AE_TITLE_NOT_RECOGNIZED)).toBe('rejected 1/1/7, called AE title not recognized')
    expect(isTransientReject(LOCAL_LIMIT_EXCEEDED)).toBe(true)
    expect(isTransientReject(CALLED_AE_TITLE_NOT_RECOGNIZED)).toBe(false)
  })
})
