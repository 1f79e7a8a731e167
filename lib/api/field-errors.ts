import type { z } from 'zod';
import type { FieldError } from '@/lib/api/problem';

const articles: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

const formats: Record<string, string> = {
  uuid: 'This is not a UUID.',
  datetime: 'Write a date and time with its offset, like 2026-11-23T14:00:00Z.',
};

/** Words for what a schema refuses without words of its own. */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  const of = issue.origin === 'string' ? ' characters' : '';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This is missing.';
      return `This must be ${articles[String(issue.expected)] ?? issue.expected}.`;
    case 'invalid_value':
      return `This must be one of ${issue.values.map(String).join(', ')}.`;
    case 'invalid_format':
      return formats[String(issue.format)] ?? 'This is not written as it has to be.';
    case 'too_small':
      return `This must be at least ${issue.minimum}${of}.`;
    case 'too_big':
      return `This must be at most ${issue.maximum}${of}.`;
    default:
      return 'This value is not accepted here.';
  }
}

/** What a schema refused, field by field. A field that nobody knows is one error of its own. */
export function fieldErrors(place: FieldError['in'], issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        in: place,
        name: [...path, key].join('.').slice(0, 200),
        detail: place === 'query' ? 'There is no such parameter.' : 'There is no such member.',
      }));
    }
    return [{ in: place, ...(path.length > 0 && { name: path.join('.') }), detail: issue.message }];
  });
}
