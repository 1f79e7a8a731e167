export type Limits = {
  /** `limits.conf [http_input] max_content_length`: larger bodies, sent or decompressed, are 413. */
  readonly maxContentLengthBytes: number;
  /** `inputs.conf [http] maxEventSize`: a larger object is code 6. */
  readonly maxEventBytes: number;
};

/** What differs between the receivers in the field; spread one into the options of `startSimulator`. */
export type Preset = {
  /** Splunk Cloud words a missing channel as code 28, Enterprise as code 10. */
  readonly flavour: 'enterprise' | 'cloud';
  /** Old releases refuse a top-level JSON array with code 6. */
  readonly rejectArrays: boolean;
  readonly limits: Limits;
};

const fiveMebibytes = 5 * 1024 * 1024;

/** Figures of hec.md §1.4: 838,860,800 bytes since 7.3, 1,000,000 up to 6.4; one event up to 5 MiB. */
export const presets = {
  'splunk-enterprise': {
    flavour: 'enterprise',
    rejectArrays: false,
    limits: { maxContentLengthBytes: 838_860_800, maxEventBytes: fiveMebibytes },
  },
  'splunk-cloud-trial': {
    flavour: 'cloud',
    rejectArrays: false,
    limits: { maxContentLengthBytes: 838_860_800, maxEventBytes: fiveMebibytes },
  },
  'legacy-6.4': {
    flavour: 'enterprise',
    rejectArrays: true,
    limits: { maxContentLengthBytes: 1_000_000, maxEventBytes: 1_000_000 },
  },
} as const satisfies Record<string, Preset>;
