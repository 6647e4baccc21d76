import { useState } from 'react'
import type { DicomwebServerView, WebRequestRow } from '#shared/contract/dicomwebServer.ts'
import { formatBytes } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import settingsCss from '../SettingsPage.module.css'
import css from './DicomwebServer.module.css'

const FEW = 8

/** What was asked, as it happens; of whom it was asked for is nobody's to see here. */
export function Requests({ server: { requests, total, refused } }: { server: DicomwebServerView }) {
  const [showsAll, showAll] = useState(false)
  const shown = showsAll ? requests : requests.slice(0, FEW)
  return (
    <div>
      <h3 className={css.heading}>Requests</h3>
      <p className={settingsCss.help}>
        {total === 0
          ? 'Nobody has asked for anything since this program started.'
          : `${total.toLocaleString('en')} since this program started${refused > 0 ? `, ${refused.toLocaleString('en')} refused` : ''}.`}
      </p>
      {shown.length > 0 && (
        <table className={css.requests} aria-label="Requests to the DICOMweb server">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">From</th>
              <th scope="col">What</th>
              <th scope="col">Answer</th>
              <th scope="col" className={css.number}>
                Size
              </th>
              <th scope="col" className={css.number}>
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((request) => (
              <Request key={request.id} request={request} />
            ))}
          </tbody>
        </table>
      )}
      {requests.length > FEW && (
        <Button variant="plain" size="small" onClick={() => showAll(!showsAll)}>
          {showsAll ? 'Show fewer' : `Show the last ${requests.length}`}
        </Button>
      )}
    </div>
  )
}

function Request({ request: { at, user, address, what, status, bytes, ms, sentence } }: { request: WebRequestRow }) {
  return (
    <tr>
      <td className={css.time}>{new Date(at).toLocaleTimeString('en-GB')}</td>
      <td className={`${css.from} mono`} title={user === '' ? address : `${user}, ${address}`}>
        {user !== '' && <span className="ellipsis">{`${user}, `}</span>}
        <span>{address}</span>
      </td>
      <td className={css.what}>{what}</td>
      <td>
        <StatusWord wraps status={status >= 400 ? 'refused' : sentence === '' ? 'pass' : 'attention'}>
          {sentence === '' ? `${status} ${status < 300 ? 'given' : ''}`.trim() : `${status}: ${sentence}`}
        </StatusWord>
      </td>
      <td className={css.number}>{formatBytes(bytes)}</td>
      <td className={css.number}>{`${ms.toLocaleString('en')} ms`}</td>
    </tr>
  )
}
