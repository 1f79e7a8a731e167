/** An address below /api that nothing answers: a word for programs instead of a page for people. */
function notFound(): Response {
  return Response.json({ error: 'There is nothing at this address.' }, { status: 404 });
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
