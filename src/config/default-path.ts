/** Where the config file is when the command line does not say. */
export const defaultConfigPath = 'config/broadside.yaml';
