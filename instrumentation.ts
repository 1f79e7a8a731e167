/** Runs once when a server process of Next starts, before its first request. Next skips it during a build. */
export async function register(): Promise<void> {
  // This file is compiled for the edge runtime too, which has neither a database nor sockets: the condition keeps what
  // stands inside of it out of that bundle.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startDelivery } = await import('@/lib/siem/delivery/start');
    const { startIntegrity } = await import('@/lib/integrity/start');
    const { startScans } = await import('@/lib/scans/jobs/start');
    const { announceSetupCode } = await import('@/lib/organization/setup-code');
    const { log } = await import('@/lib/log');
    startDelivery();
    startIntegrity();
    startScans();
    // A database that is still away is no reason not to serve: the set-up page shows what to do.
    await announceSetupCode().catch((error: unknown) =>
      log.error({ err: error }, 'no set-up code was announced'),
    );
  }
}
