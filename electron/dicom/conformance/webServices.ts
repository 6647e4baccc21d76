import { table, text } from './table.ts'

/** PS3.2 A.4: what the DICOMweb server (PS3.18) answers. */
export function webServices(): string {
  return text(
    '### 3.6 Web services (PS3.18), origin server',
    'Off until switched on, at a port of its own, apart from the page. Resources begin with `/dicom-web`. HTTP/1.1, over TLS with the profile and certificate of section 7 where that is switched on; HTTP Basic with the users of the settings, passwords kept by scrypt. Beyond loopback it opens only with users and TLS, or without TLS where that is allowed in words. Pages of listed origins may read (CORS).',
    table(
      ['Transaction', 'Resources', 'Media types'],
      [
        [
          'Search (QIDO-RS, 10.6)',
          'studies, series, instances: below a study, below a series, and across all',
          'application/dicom+json',
        ],
        [
          'Retrieve (WADO-RS, 10.4)',
          'study, series, instance',
          'multipart/related; type="application/dicom"; of one instance application/dicom too',
        ],
        ['', 'metadata of study, series, instance', 'application/dicom+json'],
        [
          '',
          'frames, bulk data',
          'multipart/related; type="application/octet-stream"; frames of compressed images also as image/jpeg, image/jls, image/jp2, image/jphc, image/jxl, image/dicom-rle, as they are stored',
        ],
        ['', 'rendered and thumbnail of study, series, instance, frames', 'image/jpeg, image/png'],
        [
          'Store (STOW-RS, 10.5), a switch of its own',
          'studies, one study',
          'multipart/related; type="application/dicom", or application/dicom; answer application/dicom+json',
        ],
      ],
    ),
    '**Search.** Keys are those of annex 8.2, by keyword or tag, also of one item of a sequence (`OtherPatientIDsSequence.PatientID`); matching is that of C-FIND, with combined date-time matching, lists of UIDs and codes separated by commas, names without regard to case and accents. `limit`, `offset` and `includefield` (also `all`) are honoured; one answer has at most 5000 results and says in a Warning header when there are more. `fuzzymatching` is answered by literal matching and a Warning; an attribute that the index does not have is not matched, with a Warning. No result is 200 with an empty list.',
    '**Retrieve.** `transfer-syntax=*`, or the stored one, gives the stored bytes; Explicit or Implicit VR Little Endian is converted to, with decoded pixel data. Without the parameter it is Explicit VR Little Endian (8.7.3.5.2), or as stored where that cannot be. What cannot be given as asked for is 406, or left out of several with 206 and a Warning. Metadata holds all attributes up to the pixel data; binary values above 1024 bytes are bulk data. (0008,3002) is added to it. Pixels are described as they are given without the parameter, decoded: colours of JPEG as RGB, whose planes are interleaved; `application/dicom+json; transfer-syntax=*`, or the stored one, describes them as they are stored. Pictures have the window of the image, or the `window` asked for, `viewport` and `quality`; overlays, shutters and annotations are not drawn. XML, WADO-URI, the capabilities and worklist services are not offered.',
    '**Beside the standard**, under the same users and bounds: `GET /changes` (`since`, `limit`, `last`) tells what came in, instance by instance, in the form of Orthanc with UIDs as IDs; `GET /statistics` counts patients, studies, series, instances and bytes. application/json.',
    table(
      ['Store: outcome', 'Status or Failure Reason'],
      [
        ['Every instance is on disk and in the index', '200'],
        ['Some are', '202, the others in (0008,1198)'],
        ['None is', '409; 503 where the storage is full or away'],
        ['The storage folder is full, or its disk is not connected', 'A700'],
        ['Another study than the address names', 'A900'],
        ['Not readable, cut off, or without its UIDs', 'C000'],
        ['Another object is here under its SOP Instance UID', '0111'],
        ['SOP class, or transfer syntax, that is not taken', '0122, C122'],
      ],
    ),
    'An instance that is here already, with the same content, counts as stored.',
  )
}
