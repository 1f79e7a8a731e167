import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

// `node bin/verify.mjs FILE …` checks NDJSON exports of the audit log: no database, no network, no package. This file can
// be copied to a machine that has nothing but Node. docs/chain.md says what it checks, and how to check it without it.
// Without a file it verifies the database, as `npm run verify`.

/** A line that is not what was sealed. */
class Fault extends Error {}

const files = process.argv.slice(2);
if (files.length === 0) {
  const { launch } = await import('./launch.mjs');
  await launch('verify');
} else {
  for (const file of files) {
    const { line, intact } = await report(file);
    console.log(`${file}: ${line}`);
    if (!intact) process.exitCode = 1;
  }
}

/**
 * @param {string} file
 * @returns {Promise<{ line: string, intact: boolean }>}
 */
async function report(file) {
  try {
    return { line: await verify(file), intact: true };
  } catch (error) {
    if (error instanceof Fault) return { line: `BROKEN at ${error.message}`, intact: false };
    return { line: `could not be read: ${error instanceof Error ? error.message : error}`, intact: false };
  }
}

/**
 * Recomputes every seal of a file. Returns what is proved; throws a Fault that names the first line that is wrong.
 * @param {string} file
 */
async function verify(file) {
  let count = 0;
  /** @type {Link | undefined} */
  let first;
  /** @type {Link | undefined} */
  let last;
  // One character for each byte: what is hashed are bytes, and only a line feed ends a line.
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    count += 1;
    const link = readLine(line, count);
    const fault = faultOf(link, last);
    if (fault) throw new Fault(`No. ${link.seq} (line ${count}): ${fault}`);
    first ??= link;
    last = link;
  }
  if (!first || !last) throw new Fault('line 1: the file holds no event, so it proves nothing');
  const missing = last.seq - first.seq + 1n - BigInt(count);
  const whole = missing === 0n ? 'without a gap' : `without ${missing} in between, which a filter left out`;
  return `No. ${first.seq} to ${last.seq}, ${count} events, ${whole}: intact. The last hash is ${last.hash}`;
}

/** @typedef {{ seq: bigint, hash: string, previous: string, record: string, organization: string }} Link */

/**
 * @param {string} line
 * @param {number} count
 * @returns {Link}
 */
function readLine(line, count) {
  const place = /^\{"seq":(\d{1,19}),"hash":"([0-9a-f]{64})","previous_hash":"([0-9a-f]{64}|)",(.+)$/.exec(
    line,
  );
  const [, seq = '', hash = '', previous = '', rest = ''] = place ?? [];
  try {
    const record = `{${rest}`;
    return { seq: BigInt(seq), hash, previous, record, organization: JSON.parse(record).organization?.id };
  } catch {
    throw new Fault(`line ${count}: this is not a whole line of an NDJSON export`);
  }
}

/**
 * @param {Link} link
 * @param {Link | undefined} last
 * @returns {string | undefined}
 */
function faultOf({ seq, hash, previous, record, organization }, last) {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(seq);
  const seal = createHash('sha256')
    .update(previous, 'hex')
    .update(number)
    .update(record, 'latin1')
    .digest('hex');
  if (seal !== hash) return 'the record does not have the hash it was sealed with';
  if (last && organization !== last.organization) return 'the event is another organization’s';
  if (last && seq <= last.seq) return `it stands after No. ${last.seq}`;
  if (last && seq === last.seq + 1n && previous !== last.hash)
    return 'the event before it is not the one in this file';
  const genesis = createHash('sha256').update(`tracekeep:audit:v1:${organization}`).digest('hex');
  if (seq === 1n && previous !== genesis) return 'the chain does not start where this organization’s does';
  return undefined;
}
