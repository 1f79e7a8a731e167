/**
 * What becomes of events while Splunk does not take them, wherever that is said. Without a retention nothing goes; with one,
 * the database itself refuses to delete what an integration is not done with (audit_settled), so there is no day on which
 * an event would be lost.
 */
export const whatIsLost =
  'Nothing is lost: events wait in the log without limit, and retention deletes none that waits.';
