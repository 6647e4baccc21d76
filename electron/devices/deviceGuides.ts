import { z } from 'zod'
import { deviceGuide } from '#shared/contract/devices.ts'
import esaote from '../../resources/deviceGuides/esaote.json' with { type: 'json' }
import ge from '../../resources/deviceGuides/ge.json' with { type: 'json' }
import generic from '../../resources/deviceGuides/generic.json' with { type: 'json' }
import idexx from '../../resources/deviceGuides/idexx.json' with { type: 'json' }
import mindray from '../../resources/deviceGuides/mindray.json' with { type: 'json' }
import olympus from '../../resources/deviceGuides/olympus.json' with { type: 'json' }
import philips from '../../resources/deviceGuides/philips.json' with { type: 'json' }
import planmeca from '../../resources/deviceGuides/planmeca.json' with { type: 'json' }
import schick from '../../resources/deviceGuides/schick.json' with { type: 'json' }
import siemens from '../../resources/deviceGuides/siemens.json' with { type: 'json' }
import soundEklin from '../../resources/deviceGuides/sound-eklin.json' with { type: 'json' }

/** R072, R113. The last one is for whatever is none of the others. */
export const deviceGuides = z
  .array(deviceGuide)
  .parse([ge, siemens, philips, mindray, esaote, idexx, soundEklin, planmeca, schick, olympus, generic])
