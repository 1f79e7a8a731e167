import { twMerge } from 'tailwind-merge';

/** Joins class names; of two that set the same property the later one wins, so a caller can adjust a component. */
export const classNames = twMerge;
