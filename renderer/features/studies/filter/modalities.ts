/** Always in sight. */
export const firstModalities = ['CT', 'DX', 'MR', 'US'] as const

/** The other defined terms of PS3.3 C.7.3.1.1.1 that clinics of either kind meet, with what they stand for. */
export const moreModalities: readonly { heading: string; modalities: readonly (readonly [string, string])[] }[] = [
  {
    heading: 'Images',
    modalities: [
      ['CR', 'Computed radiography'],
      ['RG', 'Scanned film'],
      ['RF', 'Fluoroscopy'],
      ['XA', 'Angiography'],
      ['MG', 'Mammography'],
      ['IO', 'Dental, intra-oral'],
      ['PX', 'Dental, panoramic'],
      ['NM', 'Scintigraphy'],
      ['PT', 'PET'],
      ['BMD', 'Bone density'],
      ['ES', 'Endoscopy'],
      ['IVUS', 'Ultrasound in a vessel'],
      ['OP', 'Eye photography'],
      ['OPT', 'Eye tomography'],
      ['GM', 'Microscopy'],
      ['SM', 'Slides'],
      ['XC', 'Photographs'],
      ['OT', 'Other'],
    ],
  },
  {
    heading: 'Documents and curves',
    modalities: [
      ['DOC', 'PDF and other documents'],
      ['SR', 'Structured reports'],
      ['ECG', 'Electrocardiograms'],
      ['HD', 'Haemodynamics'],
      ['AU', 'Sound'],
    ],
  },
  {
    heading: 'Radiotherapy',
    modalities: [
      ['RTIMAGE', 'Portal images'],
      ['RTSTRUCT', 'Structures'],
      ['RTPLAN', 'Plans'],
      ['RTDOSE', 'Dose'],
      ['RTRECORD', 'Treatment records'],
    ],
  },
  {
    heading: 'Made from images',
    modalities: [
      ['SC', 'Secondary captures'],
      ['KO', 'Key images'],
      ['PR', 'Presentation states'],
      ['SEG', 'Segmentations'],
      ['REG', 'Registrations'],
    ],
  },
]
