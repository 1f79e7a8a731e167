import 'server-only';
import { leave } from '@/app/(console)/leave';
import type { SplunkFormData } from '@/components/siem/splunk-form';
import type { Answer } from '@/lib/action/define-action';
import { timeZone } from '@/lib/auth/preferences';
import { formatTime } from '@/lib/format-time';
import type { Connection } from '@/lib/siem/integrations/connection';
import { type DraftOwner, deleteDraft, markTested, wasTested } from '@/lib/siem/integrations/draft';
import { type EnteredToken, enterToken } from '@/lib/siem/integrations/enter-token';
import { type FieldProblem, NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import type { TestResult } from '@/lib/siem/integrations/test-connection';

type Submission = {
  intent: 'test' | 'save';
  hecToken: string;
  draft?: string | undefined;
  /** Save without a passing test. */
  anyway?: string | undefined;
};

type Steps = {
  owner: DraftOwner;
  /** Reads what was typed; throws a RefusedError that names every field which cannot be used. */
  connect(token: string | undefined): Connection | Promise<Connection>;
  test(connection: Connection): Promise<TestResult>;
  /** Stores it; answers with the page to go to. */
  save(connection: Connection): Promise<string>;
};

type SplunkAnswer = Answer<SplunkFormData>;

/**
 * One submission of the configuration form: keep the typed token as a draft, read the fields, test, save. A test that
 * passed for the same values within 15 minutes is not repeated; one that fails leaves everything as it was.
 */
export async function answerSubmission(submission: Submission, steps: Steps): Promise<SplunkAnswer> {
  let entered: EnteredToken | undefined;
  try {
    entered = await enterToken(steps.owner, submission.hecToken, submission.draft);
    const connection = await steps.connect(entered?.token);
    const draftId = entered?.draft.id;
    const save = async () => {
      const page = await steps.save(connection);
      if (draftId !== undefined) await deleteDraft(steps.owner, draftId);
      leave(page);
    };
    if (submission.intent === 'save' && submission.anyway !== undefined) return await save();

    const passed = draftId !== undefined && (await wasTested(steps.owner, draftId, connection));
    if (submission.intent === 'save' && passed) return await save();

    const result = await steps.test(connection);
    if (result.ok && draftId !== undefined) await markTested(steps.owner, draftId, connection);
    if (result.ok && submission.intent === 'save') return await save();
    return await answerTest(result, entered, submission.intent === 'save');
  } catch (error) {
    if (error instanceof RefusedError) return refuse(error.problems, { draft: entered?.draft });
    if (error instanceof NotFoundError) return gone;
    throw error;
  }
}

async function answerTest(
  result: TestResult,
  entered: EnteredToken | undefined,
  offerAnyway: boolean,
): Promise<SplunkAnswer> {
  const endedAt = formatTime(new Date(result.testedAt), await timeZone());
  const data: SplunkFormData = { test: { result, endedAt }, draft: entered?.draft, offerAnyway };
  if (result.ok) return { status: 'success', data };
  const { field = 'form', message, hint } = result;
  return refuse([{ field, message, hint }], data);
}

function refuse(problems: readonly FieldProblem[], data: SplunkFormData): SplunkAnswer {
  const ofForm = problems.find(({ field }) => field === 'form');
  const ofFields = problems.filter(({ field }) => field !== 'form');
  return {
    status: 'error',
    message: ofForm?.message,
    hint: ofForm?.hint,
    fieldErrors: Object.fromEntries(ofFields.map(({ field, message, hint }) => [field, { message, hint }])),
    data,
  };
}

const gone: SplunkAnswer = {
  status: 'error',
  message: 'This integration does not exist any more.',
  hint: 'Somebody deleted it. Go back to SIEM.',
};
