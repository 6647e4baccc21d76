/** PS3.7 E.1: (0000,0100). A response is its request with the high bit set. */
export const commandField = {
  cStoreRequest: 0x0001,
  cStoreResponse: 0x8001,
  cGetRequest: 0x0010,
  cGetResponse: 0x8010,
  cFindRequest: 0x0020,
  cFindResponse: 0x8020,
  cMoveRequest: 0x0021,
  cMoveResponse: 0x8021,
  cEchoRequest: 0x0030,
  cEchoResponse: 0x8030,
  nEventReportRequest: 0x0100,
  nEventReportResponse: 0x8100,
  nGetRequest: 0x0110,
  nGetResponse: 0x8110,
  nSetRequest: 0x0120,
  nSetResponse: 0x8120,
  nActionRequest: 0x0130,
  nActionResponse: 0x8130,
  nCreateRequest: 0x0140,
  nCreateResponse: 0x8140,
  nDeleteRequest: 0x0150,
  nDeleteResponse: 0x8150,
  cCancelRequest: 0x0fff,
} as const

export const isResponse = (field: number): boolean => (field & 0x8000) !== 0
