/** The board’s address where the config names no other. */
export const defaultUrl = 'https://board.example.com';
