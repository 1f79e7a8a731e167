import type { Page } from '@playwright/test';

/** What the browser had to complain about since it was asked to listen, and what a page asked other sites for. */
export type Complaints = { complaints: string[]; foreign: string[] };

/** Listens to a page's console, errors and requests from here on. `baseURL` is where everything has to come from. */
export function listenForComplaints(page: Page, baseURL: string | undefined): Complaints {
  const heard: Complaints = { complaints: [], foreign: [] };
  const { complaints, foreign } = heard;
  page.on('console', (message) => {
    const { url } = message.location();
    if (/error|warning/.test(message.type())) complaints.push(`${page.url()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // A navigation that overtakes another one ends what that had begun to fetch.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== baseURL) foreign.push(request.url());
  });
  return heard;
}
