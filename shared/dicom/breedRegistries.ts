import type { Species } from './species.ts'

type Code = Species['code']

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })

/** PS3.16 CID 7481: who registers breeds. */
export const BREED_REGISTRIES: readonly Code[] = [
  dcm('109200', 'America Kennel Club'),
  dcm('109201', "America's Pet Registry Inc."),
  dcm('109202', 'American Canine Association'),
  dcm('109203', 'American Purebred Registry'),
  dcm('109204', 'American Rare Breed Association'),
  dcm('109205', 'Animal Registry Unlimited'),
  dcm('109206', 'Animal Research Foundation'),
  dcm('109207', 'Canadian Border Collie Association'),
  dcm('109208', 'Canadian Kennel Club'),
  dcm('109209', 'Canadian Livestock Records Association'),
  dcm('109210', 'Canine Federation of Canada'),
  dcm('109211', 'Continental Kennel Club'),
  dcm('109212', 'Dog Registry of America'),
  dcm('109213', 'Federation of International Canines'),
  dcm('109214', "International Progressive Dog Breeders' Alliance"),
  dcm('109215', 'National Kennel Club'),
  dcm('109216', 'North American Purebred Dog Registry'),
  dcm('109217', 'United All Breed Registry'),
  dcm('109218', 'United Kennel Club'),
  dcm('109219', 'Universal Kennel Club International'),
  dcm('109220', 'Working Canine Association of Canada'),
  dcm('109221', 'World Kennel Club'),
  dcm('109222', 'World Wide Kennel Club'),
]

/** By its code, or by its name as somebody types it. */
export function findRegistry(text: string): Code | undefined {
  const wanted = text.trim().toLowerCase()
  return BREED_REGISTRIES.find(({ value, meaning }) => value === wanted || meaning.toLowerCase() === wanted)
}
