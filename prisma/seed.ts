import { randomBytes } from 'node:crypto';
import { hashPassword } from '@/lib/auth/password';
import { slugOf } from '@/lib/organization/slug';
import {
  writeInvitations,
  writeKeys,
  writePeople,
  writeProvider,
  writeScans,
  writeSessions,
} from '@/prisma/demo/rows';
import { tellStory } from '@/prisma/demo/story';

const name = 'Acme Security';

/**
 * Fills an empty database with one organization as it might stand after ninety days: people of every role and state,
 * invitations, an identity provider, API keys, scans with their runs, and the sealed log in which all of that happened.
 * Everybody who has a password has the same one, made for this demo. `splunkPage` is an address on this machine that one
 * of the scans may really look at.
 */
export async function seedDemo({
  splunkPage,
  now = new Date(),
}: {
  splunkPage?: string;
  now?: Date;
}): Promise<{ email: string; password: string }> {
  const story = tellStory(now, splunkPage);
  const password = randomBytes(12).toString('base64url');
  const organization = { id: story.random.uuid(), slug: slugOf(name), name };
  const place = { organization, calendar: story.calendar, random: story.random };
  await writePeople(place, story.cast, () => hashPassword(password));
  await story.timeline.write(organization, story.random);
  await writeProvider(place, story);
  await writeInvitations(place, story.invitations);
  await writeKeys(place, story.keys);
  await writeScans(place, story.scans);
  await writeSessions(place, story);
  return { email: story.cast.alice.email, password };
}
