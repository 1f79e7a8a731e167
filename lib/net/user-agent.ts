import manifest from '@/package.json';

/** Splunk answers a request without a User-Agent as HTTP/1.0, which ends keep-alive (hec.md §1.2). */
export const userAgent = `Tracekeep/${manifest.version}`;
