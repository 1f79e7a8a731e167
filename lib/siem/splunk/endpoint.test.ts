import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { parseHecUrl } from '@/lib/siem/splunk/endpoint';

const production: NetworkPolicy = {
  privateAllowed: true,
  loopbackAllowed: false,
  plainHttpAllowed: false,
  ownEndpoints: [
    { host: 'audit.example.com', port: 443 },
    { host: '127.0.0.1', port: 3000 },
  ],
};
const demo: NetworkPolicy = { ...production, loopbackAllowed: true };

function accepted(typed: string, policy = production) {
  const parsed = parseHecUrl(typed, policy);
  if (!parsed.ok) throw new Error(`Refused: ${parsed.message}`);
  return parsed;
}

function refusal(typed: string, policy = production): string {
  const parsed = parseHecUrl(typed, policy);
  if (parsed.ok) throw new Error(`Accepted as ${parsed.eventUrl}`);
  expect(parsed.hint).not.toBe('');
  return parsed.message;
}

const eventUrl = 'https://splunk.acme.com:8088/services/collector/event';

describe('what an admin pastes becomes one event address', () => {
  it('takes the plain form without a word', () => {
    expect(accepted('https://splunk.acme.com:8088')).toEqual({
      ok: true,
      eventUrl,
      healthUrl: 'https://splunk.acme.com:8088/services/collector/health',
      origin: 'https://splunk.acme.com:8088',
      host: 'splunk.acme.com',
      port: 8088,
      warnings: [],
    });
  });

  it.each([
    ['step 1: white space around', '  https://splunk.acme.com:8088\n'],
    ['step 1: quotes', '"https://splunk.acme.com:8088"'],
    ['step 1: angle brackets', '<https://splunk.acme.com:8088>'],
    ['step 1: zero-width space', '\u200bhttps://splunk.acme.com:8088\ufeff'],
    ['step 7: trailing slashes', 'https://splunk.acme.com:8088///'],
    ['step 16: upper case', 'HTTPS://Splunk.ACME.com:8088'],
  ])('%s goes silently', (_step, typed) => {
    expect(accepted(typed)).toMatchObject({ eventUrl, warnings: [] });
  });

  it.each([
    ['step 2: no scheme', 'splunk.acme.com:8088', /https:\/\//],
    ['step 2: no scheme, slashes', '//splunk.acme.com:8088', /https:\/\//],
    ['step 6: query', 'https://splunk.acme.com:8088/services/collector?channel=1', /after the path/],
    ['step 6: fragment', 'https://splunk.acme.com:8088#x', /after the path/],
    ['step 7: doubled slashes', 'https://splunk.acme.com:8088//services//collector/', /services\/collector/],
    ['step 8: collector', 'https://splunk.acme.com:8088/services/collector', /added automatically/],
    ['step 8: event', 'https://splunk.acme.com:8088/services/collector/event', /added automatically/],
    ['step 8: event/1.0', 'https://splunk.acme.com:8088/services/collector/event/1.0', /added automatically/],
    ['step 8: health', 'https://splunk.acme.com:8088/services/collector/health', /added automatically/],
    [
      'step 8: health/1.0',
      'https://splunk.acme.com:8088/services/collector/health/1.0',
      /added automatically/,
    ],
    ['step 8: ack', 'https://splunk.acme.com:8088/services/collector/ack', /added automatically/],
    ['step 8: 1.0', 'https://splunk.acme.com:8088/services/collector/1.0', /added automatically/],
    ['step 8: upper case', 'https://splunk.acme.com:8088/Services/Collector/EVENT', /added automatically/],
    [
      'step 8: twice',
      'https://splunk.acme.com:8088/services/collector/services/collector/event',
      /added automatically/,
    ],
    ['step 8: dots', 'https://splunk.acme.com:8088/../../services/collector', /added automatically/],
    ['step 9: raw', 'https://splunk.acme.com:8088/services/collector/raw', /not to \/raw/],
    ['step 9: raw/1.0', 'https://splunk.acme.com:8088/services/collector/raw/1.0', /not to \/raw/],
  ])('%s is normalised, and said', (_step, typed, warning) => {
    const parsed = accepted(typed);
    expect(parsed.eventUrl).toBe(eventUrl);
    expect(parsed.warnings.join('\n')).toMatch(warning);
  });

  it.each(['https:splunk.acme.com:8088', 'https:///splunk.acme.com:8088'])(
    'reads %s as a browser would',
    (typed) => {
      expect(accepted(typed).eventUrl).toBe(eventUrl);
    },
  );

  it('step 10 keeps the prefix of a reverse proxy, and says so', () => {
    const parsed = accepted('https://proxy.acme.com:8088/splunk/services/collector/event');
    expect(parsed.eventUrl).toBe('https://proxy.acme.com:8088/splunk/services/collector/event');
    expect(parsed.warnings.join('\n')).toContain('/splunk');
  });

  it('step 13 names the two likely addresses of a Splunk Cloud stack, and changes nothing', () => {
    const parsed = accepted('https://acme.splunkcloud.com');
    expect(parsed.origin).toBe('https://acme.splunkcloud.com');
    expect(parsed.warnings).toEqual([
      'On Splunk Cloud, HEC is usually at https://http-inputs-acme.splunkcloud.com, on a trial at https://acme.splunkcloud.com:8088.',
    ]);
  });

  it.each([
    'https://http-inputs-acme.splunkcloud.com',
    'https://http-inputs.acme.splunkcloud.com:443',
    'https://http-inputs.acme.splunkcloudgc.com',
    'https://inputs.acme.splunkcloud.com:8088',
    'https://acme.splunkcloud.com:8088',
  ])('step 13 has nothing to say about %s', (typed) => {
    expect(accepted(typed).warnings).toEqual([]);
  });

  it('step 14 says which port will be used when there is none', () => {
    const parsed = accepted('https://splunk.acme.com');
    expect(parsed).toMatchObject({ port: 443, origin: 'https://splunk.acme.com' });
    expect(parsed.warnings).toEqual(['Port 443 will be used. HEC usually listens on 8088.']);
  });

  it('step 16 writes an international name in punycode', () => {
    expect(accepted('https://BÜCHER.example:8088').host).toBe('xn--bcher-kva.example');
  });

  it('allows a private literal under the private policy, and IPv6 in brackets', () => {
    expect(accepted('https://10.1.2.3:8088').port).toBe(8088);
    expect(accepted('https://[fd00::5]:8088').host).toBe('[fd00::5]');
  });
});

const notHttps = 'HEC URL must start with https://';
const secret = 'Remove the user name, password or query from the HEC URL';
const privateAddress = 'HEC URL points to a private address';
const character = 'HEC URL contains a space or another character that no address has';
const notAnAddress = 'HEC URL is not an address';

describe('what cannot be a collector is refused with its reason', () => {
  it.each([
    ['', 'Enter the HEC URL'],
    [' \u200b ', 'Enter the HEC URL'],
    ['http://splunk.acme.com:8088', notHttps],
    ['javascript:alert(1)', notHttps],
    ['file:///etc/passwd', notHttps],
    ['gopher://h', notHttps],
    ['ftp://h', notHttps],
    ['data:text/html,x', notHttps],
    ['ws://h', notHttps],
    ['https://user:pw@h.test', secret],
    ['https://@h.test', secret],
    ['user:pw@h.test', secret],
    ['https://h.test/?token=abc', secret],
    ['https://h.test/services/collector?Access_Token=abc', secret],
    ['https://h\tost.test', character],
    ['https://h\nost.test', character],
    ['https://ho st.test', character],
    ['https://ho\u200bst.test', character],
    ['https://h\u202eost.test', character],
    ['https://h\\@x.test', character],
    ['https://h\u0000.test', character],
    ['https://h.test:65536', notAnAddress],
    ['https://', notAnAddress],
    ['https://[fe80::1%25lo]', notAnAddress],
    ['https://h.test:0', 'HEC URL uses port 0, which is not allowed'],
    ['https://h.test:22', 'HEC URL uses port 22, which is not allowed'],
    ['https://h.test:6379', 'HEC URL uses port 6379, which is not allowed'],
    ['https://h.test:5432', 'HEC URL uses port 5432, which is not allowed'],
    ['https://h.test:8000', 'HEC URL uses port 8000, which is usually Splunk Web'],
    ['https://h.test:8089', 'HEC URL uses port 8089, which is usually the Splunk management port'],
    ['https://h.test:9997', 'HEC URL uses port 9997, which is usually the Splunk forwarder port'],
    ['https://h.test:8088/en-US/app/search', 'HEC URL is the address of a Splunk Web page'],
    ['https://h.test:8088/app/search', 'HEC URL is the address of a Splunk Web page'],
    ['https://h.test:8088/account/login', 'HEC URL is the address of a Splunk Web page'],
    ['https://h.test:8088/a%2fb', 'HEC URL has a path that HEC does not have'],
    ['https://h.test:8088/services/collector/s2s', 'HEC URL has a path that HEC does not have'],
    ['https://127.0.0.1', privateAddress],
    ['https://127.1', privateAddress],
    ['https://2130706433', privateAddress],
    ['https://0x7f.1', privateAddress],
    ['https://0177.0.0.1', privateAddress],
    ['https://①②⑦.⓪.⓪.①', privateAddress],
    ['https://0', privateAddress],
    ['https://[::]', privateAddress],
    ['https://[::1]', privateAddress],
    ['https://[::ffff:127.0.0.1]', privateAddress],
    ['https://[64:ff9b::a9fe:a9fe]', privateAddress],
    ['https://169.254.169.254', privateAddress],
    ['https://100.100.100.200:8088', privateAddress],
    ['https://localhost:8088', privateAddress],
    ['https://a.localhost:8088', privateAddress],
    ['https://audit.example.com', privateAddress],
  ])('%j', (typed, message) => {
    expect(refusal(typed)).toBe(message);
  });

  it('refuses ten megabytes at once', () => {
    expect(refusal('h'.repeat(10_000_000))).toBe('HEC URL is longer than 2,048 characters');
  });

  it('refuses a private literal under the public policy', () => {
    expect(refusal('https://10.1.2.3:8088', { ...production, privateAllowed: false })).toBe(privateAddress);
  });
});

describe('plain HTTP carries the token in clear text', () => {
  it('is taken for this machine where loopback is allowed', () => {
    expect(accepted('http://localhost:8088', demo).origin).toBe('http://localhost:8088');
    expect(accepted('http://127.0.0.1:8088', demo).port).toBe(8088);
    expect(accepted('http://[::1]:8088', demo).port).toBe(8088);
  });

  it('is refused for another machine even there', () => {
    expect(refusal('http://splunk.acme.com:8088', demo)).toBe(notHttps);
  });

  it('is taken for any machine where the operator switched it on', () => {
    const policy = { ...production, plainHttpAllowed: true };
    expect(accepted('http://splunk.acme.com:8088', policy).origin).toBe('http://splunk.acme.com:8088');
  });

  it('never reaches our own listener', () => {
    expect(refusal('http://localhost:3000', demo)).toBe(privateAddress);
  });
});

describe('for any text', () => {
  it('answers, and an accepted address is https, ends at the event endpoint and parses to itself', () => {
    const parts = fc.constantFrom(
      'https://',
      'http://',
      'a.test',
      ':8088',
      '/services/collector',
      '/',
      '@',
      '?',
      '#',
      '..',
      '%2e',
      ' ',
      '\t',
      'é',
      '[::1]',
      ':',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(parts).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseHecUrl(text, production);
        if (!parsed.ok) return;
        expect(parsed.eventUrl).toMatch(/^https:\/\/[^\s@?#\\]+\/services\/collector\/event$/);
        expect(accepted(parsed.eventUrl).eventUrl).toBe(parsed.eventUrl);
      }),
      { numRuns: 500 },
    );
  });
});
