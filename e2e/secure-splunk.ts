import { test as shared, type Typed } from '@/e2e/siem';
import { type Certificate, issueCertificate } from '@/splunk/simulator/certificate';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

type Secure = {
  authority: Certificate;
  /** A Splunk that shows this certificate, with other options than usual if wanted. */
  secureSplunk(tls: Certificate, options?: Partial<Parameters<typeof startSimulator>[0]>): Promise<Simulator>;
};

/** The fixtures of the SIEM specs, with Splunks that speak TLS. */
export const test = shared.extend<Secure>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  authority: async ({}, use) => use(issueCertificate({ commonName: 'Acme Internal CA', isCa: true })),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  secureSplunk: async ({}, use) => {
    const running: Simulator[] = [];
    await use(async (tls, options = {}) => {
      const simulator = await startSimulator({ port: 0, tls, ...options });
      running.push(simulator);
      return simulator;
    });
    for (const simulator of running) await simulator.close();
  },
});

/** The names of a certificate that is good for a simulator. */
export const here = ['127.0.0.1'];

/** What works with that Splunk, once its certificate is trusted. */
export function typedFor({ url, token }: Simulator): Typed {
  return { hecUrl: url, hecToken: token, index: 'audit' };
}
