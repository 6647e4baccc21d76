import {
  APPLICATION_CONTEXT_NOT_SUPPORTED,
  type AssociationReject,
  CALLED_AE_TITLE_NOT_RECOGNIZED,
  CALLING_AE_TITLE_NOT_RECOGNIZED,
  LOCAL_LIMIT_EXCEEDED,
  PROTOCOL_VERSION_NOT_SUPPORTED,
  TEMPORARY_CONGESTION,
} from '#shared/dicom/associationReject.ts'

/** Every rejection that admission gives (PS3.8 Table 9-21). */
export const REJECTIONS: readonly { rejection: AssociationReject; when: string }[] = [
  { rejection: PROTOCOL_VERSION_NOT_SUPPORTED, when: 'bit 0 of the protocol version is not set' },
  { rejection: APPLICATION_CONTEXT_NOT_SUPPORTED, when: 'another application context' },
  {
    rejection: CALLING_AE_TITLE_NOT_RECOGNIZED,
    when: 'the calling AE title is no AE title, or not in the list, or calls from another address than the list says, where these are checked',
  },
  {
    rejection: CALLED_AE_TITLE_NOT_RECOGNIZED,
    when: 'the called AE title is no AE title, or not ours where that is checked',
  },
  {
    rejection: TEMPORARY_CONGESTION,
    when: 'the workstation is shutting down, or the name of a known host cannot be looked up now',
  },
  { rejection: LOCAL_LIMIT_EXCEEDED, when: 'all associations are taken, and none of them is idle' },
]
