import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { type Answer, isSecure, type Sight } from '@/lib/scans/checks/sight';

type Cookie = { readonly name: string; readonly flags: ReadonlySet<string>; readonly secure: boolean };

type Flaw = Omit<Finding, 'evidence'> & { has(cookie: Cookie): boolean };

const flaws: readonly Flaw[] = [
  {
    id: 'cookies.secure',
    severity: 'medium',
    title: 'A cookie may travel without encryption',
    remedy: 'Add Secure to the cookie.',
    has: ({ secure, flags }) => secure && !flags.has('secure'),
  },
  {
    id: 'cookies.httponly',
    severity: 'low',
    title: 'A cookie can be read by scripts',
    remedy: 'Add HttpOnly to the cookie, unless a script of yours has to read it.',
    // The token against forged requests is there to be read by scripts.
    has: ({ name, flags }) => !flags.has('httponly') && !/[cx]srf/i.test(name),
  },
  {
    id: 'cookies.samesite',
    severity: 'low',
    title: 'A cookie does not say whether other sites may send it',
    remedy: 'Add SameSite=Lax to the cookie, or SameSite=Strict.',
    has: ({ flags }) => !['strict', 'lax', 'none'].some((value) => flags.has(`samesite=${value}`)),
  },
];

/** The flags of every cookie that is set on the way to the page and by it. Values are never looked at or kept. */
export function checkCookies({ answers, page }: Sight): Finding[] {
  if (!page) return [];
  const cookies = answers.flatMap(cookiesOf);
  const found = flaws.flatMap(({ has, ...finding }): Finding[] => {
    const names = [...new Set(cookies.filter(has).map(({ name }) => name))];
    if (names.length === 0) return [];
    return [
      {
        ...finding,
        evidence: evidenceOf(`${names.length === 1 ? 'Cookie' : 'Cookies'} ${names.join(', ')}`),
      },
    ];
  });
  if (found.length > 0) return found;
  const evidence = cookies.length === 0 ? 'No cookie is set' : `${cookies.length} set, each with its flags`;
  return [{ id: 'cookies', severity: 'pass', title: 'Cookies are protected', evidence, remedy: '' }];
}

function cookiesOf(answer: Answer): Cookie[] {
  return (answer.headers['set-cookie'] ?? []).map((field) => {
    const [pair = '', ...attributes] = field.split(';');
    return {
      name: pair.split('=', 1)[0]?.trim() ?? '',
      flags: new Set(attributes.map((attribute) => attribute.replaceAll(/\s/g, '').toLowerCase())),
      secure: isSecure(answer),
    };
  });
}
