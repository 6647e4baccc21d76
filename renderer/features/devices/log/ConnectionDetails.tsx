import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { statusWords } from '#shared/dicom/status.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { formatBytes } from '../../../app/formatAmount.ts'
import { Bars } from '../../../ui/Bars.tsx'
import css from './Connections.module.css'
import { commandName, contextText, operationText, proposalText } from './connectionWords.ts'
import { Timeline } from './Timeline.tsx'
import { useConnectionDetails } from './useConnectionDetails.ts'

/** What was proposed, accepted, asked and answered. */
export function ConnectionDetails({ row }: { row: AssociationRow }) {
  const { data, error } = useConnectionDetails(row)
  if (error) return <p>{error.message}</p>
  if (!data) return <Bars rows={2} />
  return (
    <div className={css.facts}>
      {row.sentence && <p>{row.sentence}</p>}
      <dl className={css.pairs}>
        <dt>{row.direction === 'in' ? 'Caller' : 'We called'}</dt>
        <dd>
          {row.over === 'web' ? <WebParty row={row} /> : row.callingAETitle && <Titles row={row} />}{' '}
          {row.direction === 'in' ? 'from' : 'at'} <span className="mono">{row.address}</span>
        </dd>
        <dt>TLS</dt>
        <dd>{row.security || 'none'}</dd>
        {data.implementation && (
          <>
            <dt>Its software</dt>
            <dd>
              <span className="mono">{data.implementation}</span>, takes PDUs{' '}
              {data.maxPduLength === 0 ? 'of any length' : `up to ${data.maxPduLength.toLocaleString('en')} bytes`}
            </dd>
          </>
        )}
        {row.state !== 'refused' && row.state !== 'failed' && (
          <>
            <dt>Bytes</dt>
            <dd>
              {formatBytes(row.bytesReceived)} received, {formatBytes(row.bytesSent)} sent
            </dd>
          </>
        )}
        {data.operations.length > 0 && (
          <>
            <dt>Requests</dt>
            <dd>
              {data.operations.map((operation) => (
                <div key={`${operation.by} ${operation.commandField} ${operation.status}`}>
                  {operationText(operation)}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
      <Timeline row={row} details={data} />
      {data.failures.length > 0 && <Failures failures={data.failures} />}
      {data.contexts.length > 0 && <Proposal details={data} />}
    </div>
  )
}

function Titles({ row: { callingAETitle, calledAETitle } }: { row: AssociationRow }) {
  return (
    <>
      <span className="mono">{callingAETitle}</span> calls <span className="mono">{calledAETitle}</span>,
    </>
  )
}

function WebParty({ row: { direction, callingAETitle, calledAETitle } }: { row: AssociationRow }) {
  const name = direction === 'in' ? callingAETitle : calledAETitle
  return (
    <>
      {name && <span className="mono">{name}</span>}
      {name && ', '}by DICOMweb,
    </>
  )
}

function Failures({ failures }: Pick<AssociationDetails, 'failures'>) {
  return (
    <details open>
      <summary>Not done, or with a warning</summary>
      <ul className={css.list}>
        {failures.map(({ commandField, status, errorComment, sopClassUID, sopInstanceUID }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same failure may stand there twice, and the list only grows
          <li key={at}>
            {commandName(commandField)}, {sopClassName(sopClassUID)}: {statusWords(status)}
            {errorComment && `, ${errorComment}`}
            {sopInstanceUID && <div className={`mono ${css.uid}`}>{sopInstanceUID}</div>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Proposal({ details }: { details: AssociationDetails }) {
  return (
    <details>
      <summary>{proposalText(details)}</summary>
      <ul className={css.list}>
        {details.contexts.map((context, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class may be proposed twice, and the list does not change
          <li key={at} className={css.context} data-refused={context.result !== 0}>
            <span title={context.abstractSyntax}>{sopClassName(context.abstractSyntax)}</span>
            <span title={context.transferSyntaxes.map(transferSyntaxName).join('\n')}>
              {contextText(context) || context.transferSyntaxes.map(transferSyntaxName).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
