import { serviceProposal } from '#electron/diagnosis/proposal.ts'
import { CT_IMAGE, sopClassName } from '#shared/dicom/sopClass.ts'
import { JPEG_BASELINE, transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { commitmentContexts } from '../dimse/storageCommitment.ts'
import { echoContexts } from '../scu/echo.ts'
import { worklistContexts } from '../scu/findWorklist.ts'
import { getContexts } from '../scu/getContexts.ts'
import { proposedRoots } from '../scu/queryRoot.ts'
import { planSend } from '../scu/sendPlan.ts'
import { stepContexts } from '../scu/sendStep.ts'
import type { ProposedContext } from '../upperLayer/associatePdu.ts'

/** What one real-world activity proposes as SCU. */
export interface Proposal {
  activity: string
  /** What starts it. */
  initiatedBy: string
  contexts: readonly ProposedContext[]
  /** Roles and extended negotiation that go along. */
  negotiation: string
  role?: 'SCP'
}

/** Made by the functions that the SCUs themselves call. */
export function proposals(): Proposal[] {
  return [
    {
      activity: 'Verify a connection',
      initiatedBy: 'a person presses *Test connection* for a server, or *Test all*',
      contexts: echoContexts,
      negotiation: 'None',
    },
    {
      activity: 'Test what a server offers',
      initiatedBy:
        'a person presses *Test connection* or *Test all*; the association asks nothing, and another one offers storage classes in the same way',
      contexts: serviceProposal(true).map((context, index) => ({ id: 2 * index + 1, ...context })),
      negotiation: 'None',
    },
    {
      activity: 'Send instances',
      initiatedBy: 'a person sends studies, series or images, or tries a transfer again',
      contexts: sendExample(),
      negotiation: 'None',
    },
    {
      activity: 'Query a server',
      initiatedBy: 'a person searches a server in the study list',
      contexts: proposedRoots('FIND'),
      negotiation: 'None; relational queries where the Patient Root is preferred',
    },
    {
      activity: 'Retrieve from a server (C-MOVE)',
      initiatedBy: 'a person retrieves studies or series',
      contexts: proposedRoots('MOVE'),
      negotiation: 'None',
    },
    {
      activity: 'Retrieve from a server (C-GET)',
      initiatedBy: 'a person retrieves from a server that is retrieved from by GET',
      contexts: getContexts([CT_IMAGE]).filter(({ id }) => id < 8),
      negotiation: 'SCP role for each storage class',
    },
    {
      activity: 'Ask for a worklist',
      initiatedBy: 'the front desk is open and a server has a worklist AE title, and once a minute',
      contexts: worklistContexts,
      negotiation: 'None',
    },
    {
      activity: 'Report a performed procedure step',
      initiatedBy: 'a request from the worklist of a server is started, completed or discontinued',
      contexts: stepContexts,
      negotiation: 'None',
    },
    {
      activity: 'Ask for storage commitment',
      initiatedBy: 'a send to a server of which it is wanted has ended, or a person asks again',
      contexts: commitmentContexts,
      negotiation: 'None',
    },
    {
      activity: 'Report on storage commitment',
      initiatedBy: 'a request was answered for after its association had ended',
      contexts: commitmentContexts,
      negotiation: 'SCP role',
      role: 'SCP',
    },
  ]
}

/** What a batch with one CT image in JPEG Baseline proposes; every class and syntax of a batch goes the same way. */
function sendExample(): readonly ProposedContext[] {
  const instance = { instanceId: 0, sopInstanceUID: '', path: '', bytes: 0 }
  return planSend([{ ...instance, sopClassUID: CT_IMAGE, transferSyntaxUID: JPEG_BASELINE }]).flatMap(
    ({ contexts }) => contexts,
  )
}

/** Rows of a presentation context table (PS3.2 A.4.2.x.3.1.2). */
export function contextRows(contexts: readonly ProposedContext[], role: string, negotiation: string): string[][] {
  return contexts.flatMap(({ abstractSyntax, transferSyntaxes }) =>
    transferSyntaxes.map((uid, index) => [
      index === 0 ? sopClassName(abstractSyntax) : '',
      index === 0 ? abstractSyntax : '',
      transferSyntaxName(uid),
      uid,
      role,
      negotiation,
    ]),
  )
}
