/** Species as a clinic calls them, with their code of PS3.16 CID 7454; `breeds` names their part of CID 7480. */
export interface Species {
  name: string
  /** PatientSpeciesDescription (0010,2201). */
  description: string
  code: { value: string; scheme: string; meaning: string }
  breeds: string
}

const sct = (value: string, meaning: string) => ({ value, scheme: 'SCT', meaning })

export const SPECIES: readonly Species[] = [
  {
    name: 'Dog',
    description: 'Canine',
    code: sct('448771007', 'Canis lupus familiaris (domestic dog)'),
    breeds: 'dog',
  },
  { name: 'Cat', description: 'Feline', code: sct('448169003', 'Felis catus (domestic cat)'), breeds: 'cat' },
  { name: 'Horse', description: 'Equine', code: sct('35354009', 'Equus caballus (domestic horse)'), breeds: 'horse' },
  {
    name: 'Rabbit',
    description: 'Rabbit',
    code: sct('36571002', 'Oryctolagus cuniculus (European rabbit)'),
    breeds: 'rabbit',
  },
  {
    name: 'Guinea pig',
    description: 'Guinea pig',
    code: sct('125076001', 'Cavia porcellus (domestic guinea pig)'),
    breeds: '',
  },
  { name: 'Ferret', description: 'Ferret', code: sct('449310008', 'Mustela putorius furo (ferret)'), breeds: '' },
  { name: 'Cattle', description: 'Bovine', code: sct('34618005', 'Bos taurus (domestic cow)'), breeds: 'cattle' },
  { name: 'Sheep', description: 'Ovine', code: sct('125099002', 'Ovis aries (domestic sheep)'), breeds: 'sheep' },
  { name: 'Goat', description: 'Caprine', code: sct('125097000', 'Capra hircus (domestic goat)'), breeds: 'goat' },
  { name: 'Pig', description: 'Porcine', code: sct('78678003', 'Sus scrofa'), breeds: 'pig' },
  { name: 'Rat', description: 'Rat', code: sct('371565004', 'Rattus norvegicus (common rat)'), breeds: '' },
  { name: 'Mouse', description: 'Mouse', code: sct('447612001', 'Mus musculus (House mouse)'), breeds: '' },
]
