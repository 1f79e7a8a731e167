/** What a form posts to: a server action, handed down as a prop so that components never import from `app`. */
export type FormAction = (form: FormData) => void | Promise<void>;
