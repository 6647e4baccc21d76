import type { OrderContent } from '#shared/contract/order.ts'

/** A request for tests: a dog for the X-ray. */
export function orderContentOf(
  patient: Partial<OrderContent['patient']> = {},
  request: Partial<OrderContent['request']> = {},
): OrderContent {
  return {
    patient: {
      kind: 'animal',
      patientName: 'Sato^Rex',
      patientId: 'VET0001',
      issuerOfPatientId: '',
      birthDate: '20210301',
      age: '',
      sex: 'M',
      neutered: 'ALTERED',
      species: 'Canine',
      speciesCode: { value: '448771007', scheme: 'SCT', meaning: 'Canis lupus familiaris (domestic dog)' },
      breed: 'Beagle',
      breedCode: null,
      breedRegistration: null,
      responsiblePerson: 'Sato^Ren',
      microchip: '276098102345678',
      ...patient,
    },
    request: {
      stationAETitle: 'DR1',
      modality: 'DX',
      procedure: 'Thorax, 2 views',
      procedureCode: { value: 'THX2', scheme: '99NGTS', meaning: 'Thorax, 2 views' },
      date: '20261121',
      time: '0940',
      priority: 'ROUTINE',
      history: 'Coughs since Monday',
      requestedBy: 'Weiss^Paula',
      ...request,
    },
  }
}

export const frontDesk = { kind: 'front-desk', name: '', serverId: null } as const
