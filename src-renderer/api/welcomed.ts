/** In this tab only: who opens the console anew is led to the first steps again as long as there is no channel. */
const NAME = 'aiproxy.welcomed';

/** Whether the first steps were shown in this tab. */
export const wasWelcomed = (): boolean => sessionStorage.getItem(NAME) !== null;

/** Remembers that they were. */
export const rememberWelcome = (): void => sessionStorage.setItem(NAME, 'yes');
