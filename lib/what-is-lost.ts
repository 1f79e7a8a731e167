/**
 * What becomes of events while Splunk does not take them, wherever that is said. The log has no retention, so there is no
 * day on which one would go.
 */
export const whatIsLost = 'Nothing is lost: events wait in the log without limit.';
