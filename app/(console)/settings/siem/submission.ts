import 'server-only';
import { leave } from '@/app/(console)/leave';
import type { SplunkFormData } from '@/components/siem/splunk-form';
import { asTheyCome } from '@/lib/action/as-they-come';
import type { Answer } from '@/lib/action/define-action';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import type { Connection } from '@/lib/siem/integrations/connection';
import { type DraftOwner, deleteDraft, markTested, wasTested } from '@/lib/siem/integrations/draft';
import { type EnteredToken, enterToken } from '@/lib/siem/integrations/enter-token';
import { type FieldProblem, NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import type { TestResult, TestStep } from '@/lib/siem/integrations/test-connection';
import { keptAuthority, type TypedTrust } from '@/lib/siem/integrations/typed-trust';

export type Submission = TypedTrust & {
  intent: 'test' | 'save';
  hecToken: string;
  draft?: string | undefined;
  /** Save without a passing test. */
  anyway?: string | undefined;
  /** The form can show each step of a test when it ends. */
  live?: string | undefined;
};

type Steps = {
  owner: DraftOwner;
  /** Reads what was typed; throws a RefusedError that names every field which cannot be used. */
  connect(token: string | undefined): Promise<Connection>;
  test(connection: Connection, onSteps: (steps: TestStep[]) => void): Promise<TestResult>;
  /** How many events that happened already would be sent; absent where that is not chosen here. */
  countEarlier?(): Promise<number | undefined>;
  /** Stores it; answers with the page to go to. */
  save(connection: Connection): Promise<string>;
};

type SplunkAnswer = Answer<SplunkFormData>;

/**
 * One submission of the configuration form: keep the typed token as a draft, read the fields, test, save. A test that
 * passed for the same values within 15 minutes is not repeated; one that fails leaves everything as it was.
 */
export async function answerSubmission(submission: Submission, steps: Steps): Promise<SplunkAnswer> {
  const kept: SplunkFormData = { pinned: submission.pin, authority: keptAuthority(submission) };
  return refusing(submission, kept, async () => {
    const entered = await enterToken(steps.owner, submission.hecToken, submission.draft);
    kept.draft = entered?.draft;
    const connection = await steps.connect(entered?.token);
    kept.earlier = await steps.countEarlier?.();
    const saving = submission.intent === 'save';
    const save = async () => {
      const page = await steps.save(connection);
      if (entered) await deleteDraft(steps.owner, entered.draft.id);
      leave(page);
    };
    if (saving && submission.anyway !== undefined) return save();
    if (saving && entered && (await wasTested(steps.owner, entered.draft.id, connection))) return save();

    // Asked for here: what follows an answer has no cookies any more.
    const zone = await timeZone();
    const test = (onSteps: (steps: TestStep[]) => void) => runTest(steps, connection, entered, onSteps);
    if (!saving && submission.live !== undefined) {
      const following = asTheyCome<SplunkAnswer>((emit) =>
        refusing(submission, kept, async () => {
          const result = await test((now) =>
            emit({ status: 'idle', data: { ...kept, test: { steps: now } } }),
          );
          return answerTest(result, zone, submission, kept);
        }),
      );
      return { status: 'idle', data: kept, following };
    }
    const result = await test(() => {});
    if (result.ok && saving) return save();
    return answerTest(result, zone, submission, kept);
  });
}

async function runTest(
  steps: Steps,
  connection: Connection,
  entered: EnteredToken | undefined,
  onSteps: (steps: TestStep[]) => void,
): Promise<TestResult> {
  const result = await steps.test(connection, onSteps);
  if (result.ok && entered) await markTested(steps.owner, entered.draft.id, connection);
  return result;
}

function answerTest(
  result: TestResult,
  zone: string,
  submission: Submission,
  kept: SplunkFormData,
): SplunkAnswer {
  const endedAt = formatTime(new Date(result.testedAt), zone);
  const test = { steps: result.steps, result, endedAt };
  const data: SplunkFormData = { ...kept, test, offerAnyway: submission.intent === 'save' };
  if (result.ok) return { status: 'success', data };
  const { field = 'form', message, hint } = result;
  return refuse([{ field, message, hint }], submission, data);
}

/** What the domain refuses is an answer. */
async function refusing(
  submission: Submission,
  kept: SplunkFormData,
  work: () => Promise<SplunkAnswer>,
): Promise<SplunkAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedError) return refuse(error.problems, submission, kept);
    if (error instanceof NotFoundError) return gone;
    throw error;
  }
}

function refuse(
  problems: readonly FieldProblem[],
  { trust }: Submission,
  data: SplunkFormData,
): SplunkAnswer {
  const ofForm = problems.find(({ field }) => field === 'form');
  const ofFields = problems.filter(({ field }) => field !== 'form');
  const controlOf = ({ field }: FieldProblem) => {
    if (field !== 'trust') return field;
    return trust === 'ca' ? 'caCertificate' : 'fingerprint';
  };
  return {
    status: 'error',
    ...(ofForm && { message: ofForm.message, hint: ofForm.hint }),
    fieldErrors: Object.fromEntries(
      ofFields.map((problem) => [controlOf(problem), { message: problem.message, hint: problem.hint }]),
    ),
    data,
  };
}

const gone: SplunkAnswer = {
  status: 'error',
  message: 'This integration does not exist any more.',
  hint: 'Somebody deleted it. Go back to SIEM.',
};
