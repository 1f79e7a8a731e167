/** Whether a navigation item stands for the page at `pathname`: the page itself or one below it. `/` is only itself. */
export function isCurrentPage(href: string, pathname: string | null): boolean {
  if (pathname === null) return false;
  return pathname === href || (href !== '/' && pathname.startsWith(`${href}/`));
}
