/** Parts in which React writes the arguments of an action, as JSON; all other parts are fields of ours. */
const argumentPart = /^(\d+|\$ACTION_\d+:\d+)$/;

/**
 * Whether the body of a posted form or server action can be taken apart at all: the framework answers 500 to a damaged
 * one before any code of ours runs. Every action takes a form, so React sends every call of one as multipart.
 */
export async function isWellFormedPost(headers: Headers, body: ArrayBuffer): Promise<boolean> {
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return !headers.has('next-action');
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    return [...form].every(
      ([name, value]) => !argumentPart.test(name) || typeof value !== 'string' || isJson(value),
    );
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
