/** How to make a HEC token, in Splunk's own words for its menus. */
export function TokenGuide() {
  return (
    <details>
      <summary className="font-medium text-accent">How to create a HEC token</summary>
      <ol className="mt-2 grid list-decimal gap-1.5 pl-5 text-muted">
        <li>In Splunk open Settings, Data inputs, HTTP Event Collector.</li>
        <li>In Global Settings set All Tokens to Enabled, and note the HTTP port (8088 unless changed).</li>
        <li>Choose New Token, give it a name, and leave Enable indexer acknowledgement off.</li>
        <li>
          Add the index to Allowed Indexes: without that list Splunk accepts any name and drops what it cannot
          place.
        </li>
        <li>Copy the token value. The HEC URL is https://, the host name, a colon and the HTTP port.</li>
      </ol>
    </details>
  );
}
