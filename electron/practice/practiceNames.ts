/** How the parts of practice call each other. */
export const PRACTICE_AE_TITLE = 'PRACTICE'
export const DEVICE_AE_TITLE = 'PRACTICE_DEVICE'
export const PACS_AE_TITLE = 'PRACTICE_PACS'
export const PACS_NAME = 'Practice PACS'
/** Issuer of the IDs of all its patients: no image of them can be taken for somebody's. */
export const PRACTICE_ISSUER = 'NEGATOSCOPE-PRACTICE'
/** Nobody outside of this computer reaches it, and it reaches nobody. */
export const LOOPBACK = '127.0.0.1'
