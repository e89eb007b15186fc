/** The app's version, as package.json has it; saved files and exports name it. */
export { version } from '../package.json';
