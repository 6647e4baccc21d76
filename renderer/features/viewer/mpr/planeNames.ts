import type { ReformatAxis } from '#shared/imaging/reformatPlanes.ts'

const ofPeople = { transverse: 'Axial', dorsal: 'Coronal', sagittal: 'Sagittal' } as const
const ofAnimals = { transverse: 'Transverse', dorsal: 'Dorsal', sagittal: 'Sagittal' } as const

export function planeName(axis: ReformatAxis, animal: boolean): string {
  return (animal ? ofAnimals : ofPeople)[axis]
}
