import { Search } from 'lucide-react';
import Form from 'next/form';
import { membersPath } from '@/components/members/paths';
import { RoleOptions } from '@/components/members/role-words';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { SubmitButton } from '@/components/ui/submit-button';
import type { MemberFilter } from '@/lib/members/search';

/** One GET form: the address is the filter, with and without JavaScript. */
export function MemberFilterForm({ filter }: { filter: MemberFilter }) {
  return (
    <Form action={membersPath} aria-label="Find members" className="flex flex-wrap gap-2.5">
      <div className="relative min-w-0 flex-1 basis-64">
        <Search className="pointer-events-none absolute top-2.5 left-3 text-muted" />
        <Input
          name="q"
          type="search"
          aria-label="Search"
          placeholder="Name or e-mail"
          maxLength={200}
          defaultValue={filter.text}
          className="pl-9"
        />
      </div>
      {/* The keys make React take up what the address says after a link has changed it. */}
      <Select
        key={filter.role}
        name="role"
        aria-label="Role"
        defaultValue={filter.role ?? ''}
        className="w-36"
      >
        <option value="">Any role</option>
        <RoleOptions />
      </Select>
      <Select
        key={filter.status}
        name="status"
        aria-label="Status"
        defaultValue={filter.status ?? ''}
        className="w-36"
      >
        <option value="">Any status</option>
        <option value="active">Active</option>
        <option value="deactivated">Deactivated</option>
      </Select>
      <SubmitButton variant="secondary" className="min-h-9!">
        Search
      </SubmitButton>
    </Form>
  );
}
