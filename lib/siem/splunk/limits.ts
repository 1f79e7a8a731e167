/** Smaller bodies gain nothing from gzip. Bytes. */
export const gzipThresholdBytes = 1_024;

/** Splunk's default `maxEventSize`: one larger event is refused as code 6, not as 413 (hec.md §1.4). Bytes. */
export const maxEventBytes = 5_242_880;

/** An answer of HEC is a few hundred bytes; what is longer than this is not read. Bytes. */
export const maxAnswerBytes = 65_536;
