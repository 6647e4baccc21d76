import { ArrowDownToLine } from 'lucide-react'
import type { StudyRow } from '#shared/contract/studies.ts'
import { dateOf, formatTime } from '#shared/dicom/dateTime.ts'
import { patientLine } from '#shared/dicom/patientLine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatNumber } from '../../../app/formatAmount.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import type { Column } from './column.ts'
import { shortDate } from './dayTitle.ts'
import css from './studyColumns.module.css'
import type { StudyStatus } from './studyStatus.ts'

/** What a study, here or at a server, says of its patient. */
export interface PatientFields {
  patientName: string
  patientId: string
  patientBirthDate: string
  patientSex: string
  species: string
  breed: string
  owner: string
  studyDate: string
  patientSexNeutered?: string
  patientAge?: string
}

export function patientText(study: PatientFields): string {
  return patientLine({
    species: study.species,
    breed: study.breed,
    sex: study.patientSex,
    sexNeutered: study.patientSexNeutered ?? '',
    age: study.patientAge ?? '',
    birthDate: study.patientBirthDate,
    studyDate: study.studyDate,
  })
}

/** The name to show; a study without one is not left blank. */
export function nameText(study: { patientName: string; patientId: string }): string {
  return formatPersonName(study.patientName) || (study.patientId ? '(no name)' : '(no name, no ID)')
}

export function ownerText(study: { owner: string }): string {
  return formatPersonName(study.owner)
}

/** Under a day's heading the time is enough. */
export function whenText(
  study: { studyDate: string; studyTime: string; receivedAt?: number },
  grouped: boolean,
  now: Date,
): string {
  // Without a date it stands where it came in, and says so.
  if (study.studyDate === '' && study.receivedAt !== undefined)
    return `came ${grouped ? clock.format(study.receivedAt) : momentText(study.receivedAt, now)}`
  const time = study.studyTime === '' ? '' : formatTime(study.studyTime)
  if (grouped) return time
  return [study.studyDate === '' ? '' : shortDate(study.studyDate, now), time].filter(Boolean).join(' ')
}

interface Context {
  grouped: boolean
  statuses: ReadonlyMap<number, StudyStatus>
}

/** The columns of the local list. */
export function studyColumns({ grouped, statuses }: Context): Column<StudyRow>[] {
  const now = new Date()
  const isArriving = (row: StudyRow) => statuses.get(row.studyId)?.status === 'arriving'
  return [
    {
      id: 'state',
      header: 'State',
      width: 36,
      fixed: true,
      text: (row) => (isArriving(row) ? 'Arriving now' : row.openedAt === null ? 'Not opened yet' : ''),
      render: (row) => {
        if (isArriving(row)) {
          return (
            <ArrowDownToLine
              role="img"
              aria-label="Arriving now"
              size={14}
              strokeWidth={1.75}
              className={css.arriving}
            />
          )
        }
        return row.openedAt === null ? <span role="img" aria-label="Not opened yet" className={css.unread} /> : null
      },
    },
    {
      id: 'patientName',
      header: 'Patient',
      width: 140,
      least: 128,
      grow: 2,
      tone: 'strong',
      sort: 'patientName',
      text: nameText,
      render: (row) => (
        <span data-unread={row.openedAt === null} className={css.name}>
          {nameText(row)}
        </span>
      ),
    },
    {
      id: 'patientId',
      header: 'ID',
      width: 86,
      least: 74,
      grow: 1,
      yields: 5,
      sort: 'patientId',
      text: (row) => row.patientId || 'missing',
      render: (row) =>
        row.patientId ? <span className="mono">{row.patientId}</span> : <span className={css.missing}>missing</span>,
    },
    {
      id: 'species',
      header: 'Animal or person',
      width: 184,
      least: 108,
      grow: 3,
      yields: 6,
      sort: 'species',
      text: patientText,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 116,
      least: 84,
      grow: 2,
      yields: 4,
      sort: 'owner',
      text: ownerText,
    },
    {
      id: 'studyDate',
      header: grouped ? 'Time' : 'Date',
      // The widest that stands here: `came 23:59` under a day, `came 23 Nov 2025 23:59` alone.
      width: grouped ? 100 : 174,
      least: grouped ? 98 : 142,
      sort: 'studyDate',
      text: (row) => whenText(row, grouped, now),
    },
    {
      id: 'modalities',
      header: 'Modality',
      width: 74,
      least: 68,
      grow: 1,
      tone: 'normal',
      sort: 'modalities',
      text: (row) => row.modalities.join(', '),
    },
    {
      id: 'description',
      header: 'Description',
      width: 148,
      least: 92,
      grow: 5,
      tone: 'normal',
      sort: 'description',
      text: (row) => row.description,
    },
    {
      id: 'accessionNumber',
      header: 'Accession',
      // Ten digits, as those that are made here.
      width: 100,
      least: 100,
      grow: 1,
      yields: 2,
      mono: true,
      sort: 'accessionNumber',
      text: (row) => row.accessionNumber,
    },
    {
      id: 'series',
      header: 'Series',
      width: 58,
      align: 'right',
      yields: 1,
      sort: 'series',
      text: (row) => formatNumber(row.series),
    },
    {
      id: 'instances',
      header: 'Images',
      width: 58,
      align: 'right',
      tone: 'normal',
      sort: 'instances',
      text: (row) => formatNumber(row.instances),
    },
    {
      id: 'source',
      header: 'From',
      width: 108,
      least: 84,
      grow: 1,
      yields: 3,
      mono: true,
      sort: 'source',
      text: (row) => row.source,
    },
    {
      id: 'receivedAt',
      header: 'Received',
      width: 142,
      yields: 0,
      sort: 'receivedAt',
      hiddenAtFirst: true,
      text: (row) => momentText(row.receivedAt, now),
    },
    {
      id: 'status',
      header: 'Status',
      width: 164,
      least: 140,
      grow: 3,
      text: (row) => statuses.get(row.studyId)?.text ?? '',
      render: (row) => {
        const status = statuses.get(row.studyId)
        return status ? <StatusWord status={status.status}>{status.text}</StatusWord> : <span className="faint">–</span>
      },
    },
  ]
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** `22 Nov 05:38`, in other years `22 Nov 2025 05:38`: as the dates of studies beside it. */
function momentText(at: number, now: Date): string {
  return `${shortDate(dateOf(new Date(at)), now)} ${clock.format(at)}`
}
