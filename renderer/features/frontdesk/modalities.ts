/** Modality (0008,0060) of what a clinic orders, as people call the devices. */
export const modalities: readonly { value: string; label: string }[] = [
  { value: 'DX', label: 'X-ray (DX)' },
  { value: 'CR', label: 'X-ray, plates (CR)' },
  { value: 'US', label: 'Ultrasound (US)' },
  { value: 'CT', label: 'CT' },
  { value: 'MR', label: 'MR' },
  { value: 'RF', label: 'Fluoroscopy (RF)' },
  { value: 'XA', label: 'Angiography (XA)' },
  { value: 'MG', label: 'Mammography (MG)' },
  { value: 'IO', label: 'Dental X-ray (IO)' },
  { value: 'ES', label: 'Endoscopy (ES)' },
  { value: 'NM', label: 'Scintigraphy (NM)' },
  { value: 'PT', label: 'PET (PT)' },
  { value: 'OT', label: 'Other (OT)' },
]
