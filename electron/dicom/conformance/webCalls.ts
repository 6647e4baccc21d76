import { table, text } from './table.ts'

/** PS3.2 A.4: what is asked of DICOMweb servers (PS3.18). */
export function webCalls(): string {
  return text(
    '### 3.7 Web services (PS3.18), user agent',
    'For each server of the list that has a web interface; search, retrieve and store are switched on one by one. HTTP/1.1, http or https; HTTP Basic, a bearer token (RFC 6750), a client certificate. Redirects are not followed, and no address of an answer is called outside of the configured one. 429 and 503 are waited for as Retry-After says.',
    table(
      ['Transaction', 'Resources', 'Media types asked for'],
      [
        ['Search (QIDO-RS, 10.6)', 'studies, series, instances, by pages (limit, offset)', 'application/dicom+json'],
        [
          'Retrieve (WADO-RS, 10.4)',
          'study, series, instance',
          'multipart/related; type="application/dicom"; transfer-syntax=*, and without the parameter where that is refused',
        ],
        ['', 'rendered of an instance', 'image/jpeg'],
        [
          '',
          'first frame of an instance that the server does not render',
          'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1',
        ],
        ['', 'metadata of an instance', 'application/dicom+json'],
        ['', 'bulk data of its values, up to 64 KB each', 'application/octet-stream'],
        ['Store (STOW-RS, 10.5)', 'studies', 'multipart/related; type="application/dicom"'],
      ],
    ),
  )
}
