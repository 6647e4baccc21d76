interface Kind {
  subject: string
  /** The first thing to send (R114). */
  test: string
  notes: string[]
}

const XRAY: Kind = {
  subject: 'X-ray',
  test: 'Test plate or phantom sent: it is here within a minute',
  notes: [
    'Send the image for presentation: raw images for processing look flat and dark.',
    'Laterality and view entered on the device stand in the image; check them on the test plate.',
  ],
}
const DENTAL: Kind = {
  subject: 'dental unit',
  test: 'Test image sent: it is here within a minute',
  notes: ['The imaging program on the computer sends, not the sensor: sending is set there.'],
}
const ANY: Kind = { subject: 'device', test: 'Test image sent: it is here within a minute', notes: [] }

const KINDS: Readonly<Record<string, Kind>> = {
  CT: {
    subject: 'scanner',
    test: 'Phantom scan sent: all of its images are here within a minute',
    notes: [
      'Compare the number of images on the console with the number here.',
      'Send the thin series too, if they are to be kept.',
    ],
  },
  MR: {
    subject: 'scanner',
    test: 'Localizer sent: all of its images are here within a minute',
    notes: ['Enhanced MR is taken as well; if another viewer must read it, choose classic objects on the console.'],
  },
  US: {
    subject: 'ultrasound',
    test: 'One frozen image and one clip sent: both are here within a minute',
    notes: [
      'DICOM must be switched on before the first study: what was saved before stays on the machine.',
      'Images are often sent when the exam is ended. Choose sending at once if it offers that.',
      'Clips are large: JPEG compression on the machine makes them pass sooner.',
    ],
  },
  ES: {
    subject: 'endoscope',
    test: 'One captured picture sent: it is here within a minute',
    notes: ['A capture station sends; check that patient data reach it before the examination.'],
  },
  ...Object.fromEntries(['DX', 'CR', 'MG', 'RF', 'XA'].map((name) => [name, XRAY])),
  ...Object.fromEntries(['IO', 'PX'].map((name) => [name, DENTAL])),
  NM: { ...ANY, subject: 'scanner' },
  PT: { ...ANY, subject: 'scanner', notes: ['CT and PET series go separately: check that both arrive.'] },
}

export function subjectOf(modality: string): Pick<Kind, 'subject' | 'test'> {
  return KINDS[modality] ?? ANY
}

export function modalityNotes(modality: string): string[] {
  return (KINDS[modality] ?? ANY).notes
}
