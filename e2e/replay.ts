import type { APIRequestContext, APIResponse, Page } from '@playwright/test';

/** A form as a browser without JavaScript would post it: what it holds, and what names its server action. */
export type SentForm = { path: string; label: string; fields: [name: string, value: string][] };

/** All forms of a page that post to a server action, each named by its first button. */
export async function readForms(page: Page, path: string): Promise<SentForm[]> {
  const html = await (await page.request.get(path)).text();
  const forms = await page.evaluate((text) => {
    const { forms } = new DOMParser().parseFromString(text, 'text/html');
    return [...forms].map((form) => ({
      label: form.querySelector('button:not([type=button])')?.textContent ?? '',
      // Of choices a browser sends those that are made.
      fields: [...form.querySelectorAll('input')]
        .filter(({ type, checked }) => checked || (type !== 'radio' && type !== 'checkbox'))
        .map(({ name, value }) => ({ name, value })),
    }));
  }, html);
  return forms
    .filter(({ fields }) => fields.some(({ name }) => name.startsWith('$ACTION_')))
    .map(({ label, fields }) => ({
      path,
      label,
      fields: fields.filter(({ name }) => name).map(({ name, value }) => [name, value]),
    }));
}

/** The one form of a page with that button. */
export async function readForm(page: Page, path: string, label: string): Promise<SentForm> {
  const forms = await readForms(page, path);
  const form = forms.find((candidate) => candidate.label === label);
  if (!form) throw new Error(`${path} has no form “${label}”, only ${forms.map(({ label }) => label)}`);
  return form;
}

type Posting = {
  /** Sent as Origin; null leaves the header out. */
  origin: string | null;
  /** Instead of the form's own page. */
  path?: string;
  /** Over what the form holds. */
  fields?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Posts the form with whatever cookies `request` has. */
export function post(request: APIRequestContext, form: SentForm, posting: Posting): Promise<APIResponse> {
  const { origin, path = form.path, fields = {}, headers = {} } = posting;
  const body = new FormData();
  for (const [name, value] of form.fields) if (!(name in fields)) body.append(name, value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return request.post(path, {
    headers: { ...(origin !== null && { origin }), ...headers },
    multipart: body,
    maxRedirects: 0,
  });
}
