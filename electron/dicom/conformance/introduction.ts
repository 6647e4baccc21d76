import { text } from './table.ts'

/** PS3.2 A.3. */
export function introduction(): string {
  return text(
    '## 2 Introduction',
    '### 2.1 Audience',
    'People who connect this workstation to modalities, PACS and archives. Readers know DICOM and its terms.',
    '### 2.2 Remarks',
    'A conformance statement does not guarantee interoperability. Section 8.4 lists the peers that every release is run against, with what was compared. This software is not for primary diagnosis.',
    'The tables of SOP classes, transfer syntaxes, presentation contexts, parameters, character sets and cipher suites are generated from the ones that the program negotiates with (`npm run conformance-statement`); a test fails when this document is older than they are. `--print-conformance` prints the statement of one installation as it is configured.',
    '### 2.3 Terms and references',
    'Terms are those of the DICOM standard, PS3.1 to PS3.22, 2024. AE: application entity. SCU, SCP: service class user, provider. PDU: protocol data unit. "Server" is a remote AE in the list of servers that this workstation knows.',
  )
}
