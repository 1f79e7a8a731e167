// Runs before the imports of each file. DATABASE_URL follows when the world's PostgreSQL runs.
Object.assign(process.env, {
  APP_SECRET: 'faults-only-0123456789abcdef0123456789abcdef',
  PUBLIC_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
  ALLOW_LOOPBACK: '1',
});
