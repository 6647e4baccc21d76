import { z } from 'zod'
import { type OrderContent, orderContent } from '#shared/contract/order.ts'
import type { Procedure } from '#shared/contract/worklist.ts'
import { animalNamed } from '#shared/dicom/animalName.ts'
import { findRegistry } from '#shared/dicom/breedRegistries.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'
import { speciesName } from '#shared/dicom/patientLine.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import { asAge } from '#shared/dicom/typedAge.ts'
import { asPersonName } from '#shared/dicom/typedName.ts'

/** One request of a file, flat, as a practice system exports it. Other columns are passed over. */
const record = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
type Flat = Record<string, string>

export interface FileRequest {
  /** How its sender knows it; '' where it has none. */
  id: string
  cancel: boolean
  content: OrderContent | undefined
  /** Why it is no request; '' when it is one. */
  problem: string
}

/** The file is nothing that can be read as requests; the sentence says why. */
export class RequestFileError extends Error {}

const REQUESTS_MAX = 1000

/** Every name that says something here, in small letters. */
export const COLUMNS: ReadonlySet<string> = new Set([
  ...['id', 'action', 'name', 'patientid', 'species', 'breed', 'sex', 'neutered', 'born', 'birthdate', 'owner'],
  ...['microchip', 'chip', 'procedure', 'modality', 'device', 'station', 'date', 'time', 'urgency', 'priority'],
  ...['history', 'requestedby', 'registration', 'registry'],
])

/** JSON (one object, or a list) or CSV with a line of names, separated by commas, semicolons or tabs. Throws RequestFileError. */
export function readRequests(name: string, text: string, catalogue: readonly Procedure[], now: Date): FileRequest[] {
  const records = name.toLowerCase().endsWith('.json') ? fromJson(text) : fromCsv(text)
  if (records.length === 0) throw new RequestFileError('The file holds no request.')
  if (records.length > REQUESTS_MAX) throw new RequestFileError(`The file holds more than ${REQUESTS_MAX} requests.`)
  return records.map((each) => requestOf(each, catalogue, now))
}

function fromJson(text: string): Flat[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new RequestFileError('The file is no JSON.')
  }
  const parsed = z.array(record).safeParse(Array.isArray(value) ? value : [value])
  if (!parsed.success)
    throw new RequestFileError('Each request is an object of plain values: name, procedure and so on.')
  return parsed.data.map((each) =>
    Object.fromEntries(Object.entries(each).map(([key, own]) => [key.toLowerCase(), own === null ? '' : String(own)])),
  )
}

function fromCsv(text: string): Flat[] {
  const [head = [], ...rows] = cells(text.replace(/^\uFEFF/, ''))
  const names = head.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  )
  if (!names.includes('name') || !names.includes('procedure'))
    throw new RequestFileError('The first line has to name the columns; "name" and "procedure" are needed.')
  return rows
    .filter((row) => row.some((cell) => cell.trim() !== ''))
    .map((row) => Object.fromEntries(names.map((name, at) => [name, (row[at] ?? '').trim()])))
}

/** RFC 4180, with the separator that the first line has most of. */
function cells(text: string): string[][] {
  const first = text.split(/\r?\n/, 1)[0] ?? ''
  const separator = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') cell += text[++at] ?? ''
      else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === separator || sign === '\n') {
      row.push(cell.replace(/\r$/, ''))
      cell = ''
      if (sign === separator) continue
      rows.push(row)
      row = []
    } else cell += sign
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\r$/, '')])
  return rows
}

function requestOf(from: Flat, catalogue: readonly Procedure[], now: Date): FileRequest {
  const text = (...names: string[]) => names.map((name) => from[name] ?? '').find((value) => value !== '') ?? ''
  const typed = text('species')
  const species = SPECIES.find(({ name }) => name === speciesName(typed))
  const owner = asPersonName(text('owner'))
  const isAnimal = typed === '' ? owner !== '' : speciesName(typed) !== 'Human'
  const wanted = text('procedure')
  const known = catalogue.find(
    ({ code, description }) => code?.value === wanted || description.toLowerCase() === wanted.toLowerCase(),
  )
  const number = text('registration').slice(0, 64)
  const registry = findRegistry(text('registry'))
  const born = text('born', 'birthdate')
  const age = asAge(born)
  const sex = text('sex').toUpperCase()
  const urgency = text('urgency', 'priority').toUpperCase()
  const typedNames = { patientName: asPersonName(text('name')), responsiblePerson: owner }
  const parsed = orderContent.safeParse({
    patient: {
      kind: isAnimal ? 'animal' : 'human',
      ...(isAnimal ? animalNamed(typedNames) : typedNames),
      patientId: text('patientid'),
      issuerOfPatientId: '',
      birthDate: age === undefined ? born.replaceAll('-', '') : '',
      age: age ?? '',
      sex: /^[MF]/.test(sex) ? (sex[0] as 'M' | 'F') : '',
      neutered: /^(MN|MC|FS|FN)$/.test(sex) || /^(yes|true|1)$/i.test(text('neutered')) ? 'ALTERED' : '',
      species: isAnimal ? (species?.description ?? typed) : '',
      speciesCode: isAnimal ? (species?.code ?? null) : null,
      breed: isAnimal ? text('breed') : '',
      breedCode: null,
      breedRegistration: isAnimal && number !== '' && registry ? { number, registry } : null,
      microchip: text('microchip', 'chip'),
    },
    request: {
      stationAETitle: text('device', 'station'),
      modality: text('modality').toUpperCase() || (known?.modality ?? 'OT'),
      procedure: known?.description ?? wanted,
      procedureCode: known?.code ?? null,
      date: text('date').replaceAll('-', '') || dateOf(now),
      time: text('time').replace(
        /^(\d{1,2}):(\d{2}).*$/,
        (_, hour: string, minute: string) => hour.padStart(2, '0') + minute,
      ),
      priority: /^(STAT|EMERGENCY)$/.test(urgency) ? 'STAT' : /^(HIGH|URGENT)$/.test(urgency) ? 'HIGH' : 'ROUTINE',
      history: text('history').slice(0, 1024),
      requestedBy: asPersonName(text('requestedby')),
    },
  } satisfies OrderContent)
  const id = text('id').slice(0, 100)
  const cancel = /^cancel/i.test(text('action'))
  if (cancel)
    return { id, cancel, content: undefined, problem: id === '' ? 'A cancellation needs the id of its request.' : '' }
  if (parsed.success) return { id, cancel, content: parsed.data, problem: '' }
  const [issue] = parsed.error.issues
  return { id, cancel, content: undefined, problem: `${String(issue?.path[1])}: ${issue?.message}` }
}
