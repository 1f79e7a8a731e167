/** Written by our own server (bin/server.ts) over whatever a client sent: the address of the socket. */
export const peerHeader = 'x-tracekeep-peer';
/** Written by proxy.ts over whatever a client sent: the id of the request, the page asked for with its query, and how. */
export const requestIdHeader = 'x-request-id';
export const pathHeader = 'x-tracekeep-path';
export const methodHeader = 'x-tracekeep-method';
