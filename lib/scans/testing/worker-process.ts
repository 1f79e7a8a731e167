import { startRunner } from '@/lib/scans/jobs/runner';

// A server's part of scanning in a process of its own, so that a test can kill it: worker-process.ts
startRunner({ pollMs: 100, upkeepMs: 200 });
