import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// `node bin/verify.mjs FILE …` checks NDJSON exports of the audit log: no database, no network, no package. This file can
// be copied to a machine that has nothing but Node. With `--key PUBLIC-KEY.pem` (once for each key) the signatures of
// checkpoints are checked, too. docs/chain.md says what it checks, and how to check it without it.
// Without a file it verifies the database, as `npm run verify`.

/** A line that is not what was sealed. */
class Fault extends Error {}

/** @type {string[]} */
const files = [];
/** Public keys by their id: the SHA-256 of their DER. @type {Map<string, import('node:crypto').KeyObject>} */
const keys = new Map();
readArguments(process.argv.slice(2));

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

/** @param {string[]} words */
function readArguments(words) {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== '--key') files.push(words[at] ?? '');
    else {
      at += 1;
      addKey(words[at] ?? '');
    }
  }
}

/** @param {string} file */
function addKey(file) {
  try {
    const key = createPublicKey(readFileSync(file));
    keys.set(
      createHash('sha256')
        .update(key.export({ format: 'der', type: 'spki' }))
        .digest('hex'),
      key,
    );
  } catch (error) {
    console.error(`--key ${file} holds no public key: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
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
  let checkpoints = 0;
  /** @type {Link | undefined} */
  let first;
  /** @type {Link | undefined} */
  let last;
  // One character for each byte: what is hashed are bytes, and only a line feed ends a line.
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    count += 1;
    const link = readLine(line, count);
    if (link.checkpoint) checkpoints += 1;
    const fault = faultOf(link, last) ?? checkpointFault(link);
    if (fault) throw new Fault(`No. ${link.seq} (line ${count}): ${fault}`);
    first ??= link;
    last = link;
  }
  if (!first || !last) throw new Fault('line 1: the file holds no event, so it proves nothing');
  const missing = last.seq - first.seq + 1n - BigInt(count);
  const whole = missing === 0n ? 'without a gap' : `without ${missing} in between, which a filter left out`;
  return `No. ${first.seq} to ${last.seq}, ${count} events, ${whole}: intact. The last hash is ${last.hash}${signed(checkpoints)}`;
}

/** @param {number} checkpoints */
function signed(checkpoints) {
  if (checkpoints === 0) return '';
  const many = checkpoints === 1 ? '1 checkpoint' : `${checkpoints} checkpoints`;
  return keys.size > 0
    ? `. ${many}: rightly signed`
    : `. ${many}: signatures not checked, as no --key was given`;
}

/** @typedef {{ seq: string, hash: string, time: string, key_id: string, signature: string }} Checkpoint */
/** @typedef {{ seq: bigint, hash: string, previous: string, record: string, organization: string, checkpoint?: Checkpoint }} Link */

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
    const { organization, action, metadata } = JSON.parse(record);
    const link = { seq: BigInt(seq), hash, previous, record, organization: organization?.id };
    return action === 'audit_log.checkpoint' ? { ...link, checkpoint: metadata ?? {} } : link;
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

/**
 * @param {Link} link
 * @returns {string | undefined}
 */
function checkpointFault({ seq, previous, organization, checkpoint }) {
  if (!checkpoint) return undefined;
  if (checkpoint.seq !== `${seq - 1n}` || checkpoint.hash !== previous)
    return 'the checkpoint is that of another place in the log';
  if (keys.size === 0) return undefined;
  const key = keys.get(checkpoint.key_id);
  if (!key) return `the checkpoint is signed with another key than was given: ${checkpoint.key_id}`;
  const text = `tracekeep:checkpoint:v1:${organization}:${checkpoint.seq}:${checkpoint.hash}:${checkpoint.time}`;
  if (!verifySignature(null, Buffer.from(text), key, Buffer.from(`${checkpoint.signature}`, 'base64')))
    return 'the signature of the checkpoint is not that of its key';
  return undefined;
}
