import { formatNumber } from '../../../app/formatAmount.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import type { Column } from '../table/column.ts'
import { ownerText, patientText, whenText } from '../table/studyColumns.tsx'
import { remoteNameText } from './remoteNameText.ts'
import { broughtAll, type RemoteRow } from './remoteRows.ts'
import type { Brought } from './retrieve.ts'

interface Context {
  grouped: boolean
  serverName: (serverId: number) => string
  severalServers: boolean
  transferOf: (row: RemoteRow) => Brought | undefined
}

/** The columns of what servers answered. */
export function remoteColumns({ grouped, serverName, severalServers, transferOf }: Context): Column<RemoteRow>[] {
  const now = new Date()
  const columns: Column<RemoteRow>[] = [
    {
      id: 'patientName',
      header: 'Patient',
      width: 140,
      least: 112,
      grow: 2,
      tone: 'strong',
      sort: 'patientName',
      text: remoteNameText,
    },
    {
      id: 'patientId',
      header: 'ID',
      width: 92,
      least: 78,
      grow: 1,
      yields: 4,
      mono: true,
      sort: 'patientId',
      text: (row) => row.patientId,
    },
    {
      id: 'species',
      header: 'Animal or person',
      width: 176,
      least: 108,
      grow: 3,
      yields: 5,
      sort: 'species',
      text: patientText,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 126,
      least: 84,
      grow: 2,
      yields: 3,
      sort: 'owner',
      text: ownerText,
    },
    {
      id: 'studyDate',
      header: grouped ? 'Time' : 'Date',
      width: grouped ? 62 : 144,
      least: grouped ? 60 : 142,
      sort: 'studyDate',
      text: (row) => whenText(row, grouped, now),
    },
    {
      id: 'modalities',
      header: 'Modality',
      width: 76,
      tone: 'normal',
      sort: 'modalities',
      text: (row) => row.modalities.join(', '),
    },
    {
      id: 'description',
      header: 'Description',
      width: 140,
      least: 92,
      grow: 5,
      tone: 'normal',
      sort: 'description',
      text: (row) => row.description,
    },
    {
      id: 'accessionNumber',
      header: 'Accession',
      width: 88,
      least: 74,
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
      text: (row) => (row.series === null ? '' : formatNumber(row.series)),
    },
    {
      id: 'instances',
      header: 'Images',
      width: 66,
      align: 'right',
      tone: 'normal',
      sort: 'instances',
      text: (row) => (row.instances === null ? '' : formatNumber(row.instances)),
    },
    {
      id: 'here',
      header: 'Here',
      width: 164,
      least: 104,
      grow: 2,
      text: (row) => hereText(row),
      render: (row) => <Here row={row} transfer={transferOf(row)} />,
    },
  ]
  const server: Column<RemoteRow> = {
    id: 'server',
    header: 'Server',
    width: 136,
    least: 96,
    grow: 2,
    sort: 'source',
    text: (row) => serverName(row.serverId),
  }
  return severalServers ? [...columns, server] : columns
}

function hereText({ localInstances, instances }: RemoteRow): string {
  if (localInstances === 0) return ''
  if (instances !== null && localInstances >= instances) return 'All here'
  return instances === null
    ? `${formatNumber(localInstances)} here`
    : `${formatNumber(localInstances)} of ${formatNumber(instances)} here`
}

function Here({ row, transfer }: { row: RemoteRow; transfer: Brought | undefined }) {
  if (transfer) {
    const { state, done, total, failed } = transfer
    const amount = total === null ? formatNumber(done) : `${formatNumber(done)} of ${formatNumber(total)}`
    if (state === 'waiting') return <StatusWord status="waiting" />
    if (state === 'running') return <StatusWord status="retrieving">{amount}</StatusWord>
    if (state === 'done') {
      const isAll = broughtAll(row, transfer)
      const part =
        row.instances === null ? formatNumber(done) : `${formatNumber(done)} of ${formatNumber(row.instances)}`
      const here = isAll ? 'All here' : `${part} here`
      return <StatusWord status="received">{here}</StatusWord>
    }
    if (state === 'partial') return <StatusWord status="attention">{formatNumber(failed)} missing</StatusWord>
    if (state === 'cancelled') return <StatusWord status="cancelled">Stopped, {amount}</StatusWord>
    return <StatusWord status="failed">Not retrieved</StatusWord>
  }
  const text = hereText(row)
  if (text === '') return <span className="faint">–</span>
  const all = row.instances !== null && row.localInstances >= row.instances
  return all ? <StatusWord status="stored">{text}</StatusWord> : <span>{text}</span>
}
