import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not the public internet (IANA's registry of special-purpose addresses, checked November 2026). */
const ipv4Networks =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 ' +
  '198.18.0.0/15 224.0.0.0/4 240.0.0.0/4';

/**
 * The same for IPv6: its own networks, and old ways to write IPv4 addresses, which no public server has: compatible, translated,
 * Teredo and 6to4.
 */
const ipv6Networks =
  'fc00::/7 fe80::/10 fec0::/10 ff00::/8 100::/64 64:ff9b:1::/48 ::/96 ::ffff:0:0:0/96 2001::/32 2002::/16';

/** IPv6 that is a way to IPv4, mapped or by NAT64: as private as the address that it leads to. */
const ipv4Prefixes = ['::ffff:', '64:ff9b::'];

const privateNetworks = new BlockList();
for (const [address, bits] of readNetworks(ipv4Networks)) {
  privateNetworks.addSubnet(address, bits, 'ipv4');
  for (const prefix of ipv4Prefixes) privateNetworks.addSubnet(`${prefix}${address}`, 96 + bits, 'ipv6');
}
for (const [address, bits] of readNetworks(ipv6Networks)) privateNetworks.addSubnet(address, bits, 'ipv6');

function readNetworks(list: string): readonly (readonly [address: string, bits: number])[] {
  return list.split(' ').map((network) => {
    const [address = '', bits] = network.split('/');
    return [address, Number(bits)];
  });
}

/**
 * Whether a host, a name or an address in any spelling that browsers take, is this machine or in a private network, as far as the
 * spelling tells: what other names lead to is only known once they are looked up.
 */
export function isPrivateAddress(host: string): boolean {
  const bare = readHost(host);
  const version = isIP(bare);
  if (version !== 0) return privateNetworks.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  return bare === 'localhost' || bare.endsWith('.localhost');
}

/** The host without brackets, zone and final dots, an IPv4 address in four decimal numbers. */
function readHost(host: string): string {
  const bare = host
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/\.+$/, '');
  return isIP(bare) === 0 && URL.canParse(`http://${bare}/`) ? new URL(`http://${bare}/`).hostname : bare;
}
