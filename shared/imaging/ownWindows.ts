import { z } from 'zod'

/** A window that somebody here gave a name, for images of one modality whose values have one unit. */
const ownWindow = z.object({
  name: z.string().trim().min(1, 'A name, such as Spleen.').max(40, '40 characters at most.'),
  modality: z.string().max(16),
  unit: z.string().max(64),
  center: z.number().min(-1e9, 'Not below −1,000,000,000.').max(1e9, 'Not above 1,000,000,000.'),
  width: z.number().gt(0, 'More than 0.').max(1e9, 'Not above 1,000,000,000.'),
})
export const windowNumbers = ownWindow.pick({ center: true, width: true })

export const ownWindows = z.array(ownWindow).max(100, '100 windows at most.')
