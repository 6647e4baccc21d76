import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { hostTls, makeCertificates } from '../peers/certificates.ts'
import { freePort } from '../peers/freePort.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import { ORTHANC } from '../peers/versions.ts'
import { ORTHANC_DICOMWEB } from '../run/debianPackages.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { arranged } from './arranged.ts'
import { byUid, compare, filesIn, noDifference } from './compareFolders.ts'
import { CT_IMAGES, DEMO_STUDIES } from './demoFiles.ts'
import { works } from './pair.ts'

const USER = { Username: 'orthanc', Password: 'a long password' }
const PAIR = {
  peer: `${ORTHANC} DICOMweb client`,
  service: 'QIDO-RS, WADO-RS and STOW-RS over HTTPS',
  direction: 'it calls',
} as const

// The plugin is a package of its own, which not every system has beside Orthanc.
if (existsSync(ORTHANC_DICOMWEB))
  works(PAIR, async (folder) => {
    const certificates = await makeCertificates(join(folder, 'certificates'))
    const port = await freePort()
    const users = join(folder, 'users')
    writeFileSync(users, `${USER.Username}:${USER.Password}\n`)
    const web = ['--dicomweb-port', String(port), '--dicomweb-tls', '--dicomweb-store', '--dicomweb-users', users]
    const flags = [...hostTls(certificates), ...web]
    return await arranged(folder, { filled: true, flags }, async ({ workstation, connection: { ask }, ctStudy }) => {
      const Url = `https://127.0.0.1:${port}/dicom-web/`
      await using orthanc = await startOrthanc(join(folder, 'orthanc'), [], undefined, {
        Plugins: [ORTHANC_DICOMWEB],
        HttpsCACertificates: certificates.authority,
        DicomWeb: { Enable: true, Root: '/dicom-web/', Servers: { us: { Url, ...USER } } },
      })
      const order = (what: string, body: object) =>
        orthanc.rest('POST', `/dicom-web/servers/us/${what}`, JSON.stringify(body))

      expect(await order('qido', { Uri: '/studies' })).toHaveLength(DEMO_STUDIES)
      await order('retrieve', { Resources: [{ Study: ctStudy }], Synchronous: true })
      const ids = (await orthanc.rest('GET', '/instances')) as string[]
      expect(ids).toHaveLength(CT_IMAGES)
      const retrieved = join(folder, 'retrieved')
      mkdirSync(retrieved)
      for (const id of ids) writeFileSync(join(retrieved, `${id}.dcm`), await orthanc.file(id))
      const ours = byUid(storedFiles(workstation.dataFolder))
      expect(compare(byUid(filesIn(retrieved)), ours)).toEqual(noDifference)

      const ofCt = async () => (await ask.studies.list({})).rows.find((row) => row.studyInstanceUID === ctStudy)
      await ask.studies.trash({ studyIds: [(await ofCt())?.studyId ?? 0] })
      expect(await ofCt()).toBeUndefined()
      await order('stow', { Resources: ids, Synchronous: true })
      expect((await ofCt())?.instances).toBe(CT_IMAGES)
      return `${DEMO_STUDIES} of ${DEMO_STUDIES} studies found, ${CT_IMAGES} of ${CT_IMAGES} instances retrieved, equal bit by bit, and stored back`
    })
  })
