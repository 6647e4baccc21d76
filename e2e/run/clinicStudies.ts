import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { ultrasoundClip } from '#electron/demo/ultrasoundClip.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { xrayPhantom } from '#electron/demo/xrayPhantom.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'

interface Visit {
  /** AE title of the device that made it. */
  device: 'CT_MAIN' | 'DX_ROOM1' | 'US_EXAM2'
  name: string
  owner?: string
  species?: [description: string, breed: string]
  birthDate: string
  sex: string
  description: string
  daysAgo: number
  time: string
}

const dog = (breed: string): [string, string] => ['Canine', breed]
const cat = (breed: string): [string, string] => ['Feline', breed]

/** Two weeks of a small clinic. Nobody of them exists. */
export const VISITS: readonly Visit[] = [
  visit('DX_ROOM1', 'Lindqvist^Nala', 'Lindqvist^Eva', cat('Maine Coon'), '20190612', 'F', 'Stifle right', 0, '0915'),
  visit('CT_MAIN', 'Okafor^Rex', 'Okafor^Daniel', dog('Boxer'), '20160301', 'M', 'Skull, with contrast', 0, '0842'),
  visit('US_EXAM2', 'Moreau^Minou', 'Moreau^Claire', cat('European'), '20140820', 'F', 'Abdomen', 1, '1620'),
  visit('DX_ROOM1', 'Novák^Argo', 'Novák^Petr', dog('German Shepherd'), '20200415', 'M', 'Hip dysplasia', 1, '1105'),
  visit('CT_MAIN', 'Schäfer^Emil', undefined, undefined, '19610917', 'M', 'Thorax', 2, '1412'),
  visit('DX_ROOM1', 'Ito^Hana', undefined, undefined, '19880203', 'F', 'Elbow left', 2, '0937'),
  visit('CT_MAIN', 'Brandt^Kira', 'Brandt^Jonas', dog('Dachshund'), '20170709', 'F', 'Spine T3 to L3', 4, '1518'),
  visit('US_EXAM2', 'Rossi^Pepe', 'Rossi^Marta', dog('Beagle'), '20150512', 'M', 'Heart', 5, '1044'),
  visit('DX_ROOM1', 'Hughes^Blossom', 'Hughes^Megan', ['Equine', 'Welsh Pony'], '20110430', 'F', 'Carpus', 7, '0820'),
  visit('CT_MAIN', 'Demir^Luna', 'Demir^Selin', cat('British Shorthair'), '20210118', 'F', 'Nose', 9, '1331'),
]

function visit(
  device: Visit['device'],
  name: string,
  owner: string | undefined,
  species: [string, string] | undefined,
  birthDate: string,
  sex: string,
  description: string,
  daysAgo: number,
  time: string,
): Visit {
  const animal = { ...(owner === undefined ? {} : { owner }), ...(species === undefined ? {} : { species }) }
  return { device, name, ...animal, birthDate, sex, description, daysAgo, time: `${time}00` }
}

/** The files of one visit, in a folder of their own; returns it. */
export function writeVisit(folder: string, one: Visit): string {
  const own = join(folder, one.name.replaceAll('^', '-'))
  mkdirSync(own, { recursive: true })
  let written = 0
  for (const dataSet of dataSetsOf(one)) {
    written += 1
    writeFileSync(join(own, `${String(written).padStart(4, '0')}.dcm`), writePart10({ dataSet }))
  }
  return own
}

function dataSetsOf(one: Visit): Iterable<DataSet> {
  const day = dateOf(new Date(Date.now() - one.daysAgo * 24 * 60 * 60 * 1000))
  const place = VISITS.indexOf(one) + 1
  const common: DataSet = {
    SpecificCharacterSet: 'ISO_IR 192',
    StudyDate: day,
    SeriesDate: day,
    AcquisitionDate: day,
    ContentDate: day,
    StudyTime: one.time,
    SeriesTime: one.time,
    AcquisitionTime: one.time,
    ContentTime: one.time,
    AccessionNumber: `A${24_180 + place}`,
    StudyID: String(place),
    StudyDescription: one.description,
    PatientName: one.name,
    PatientID: `P-${1040 + place * 7}`,
    PatientBirthDate: one.birthDate,
    PatientSex: one.sex,
    ...(one.owner === undefined ? {} : { ResponsiblePerson: one.owner, ResponsiblePersonRole: 'OWNER' }),
    ...(one.species === undefined
      ? {}
      : { PatientSpeciesDescription: one.species[0], PatientBreedDescription: one.species[1] }),
  }
  const seed = `clinic/${day}/${one.name}`
  const given = { common, studyInstanceUID: derivedUID(`${seed}/study`), seed }
  if (one.device === 'CT_MAIN') return ctPhantom({ ...given, slices: 24 })
  return [one.device === 'US_EXAM2' ? ultrasoundClip(given) : xrayPhantom(given)]
}
