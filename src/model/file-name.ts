/** Names that Windows keeps for devices, whatever their ending and the case of their letters. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether a file of this name would be a device on Windows. */
export function isDeviceName(name: string): boolean {
  return deviceName.test(name);
}
