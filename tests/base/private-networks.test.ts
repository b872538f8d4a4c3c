import { expect, test } from 'vitest';
import { isOwnHost } from '../../src/base/http/loopback.ts';
import { isPrivateAddress } from '../../src/base/http/private-networks.ts';

test.each([
  '127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 169.254.169.254 172.16.0.1 172.31.255.255',
  '192.0.0.8 192.168.1.1 198.18.0.1 198.19.255.255 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255',
  '127.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0xa9fea9fe 127.0.0.1. 10.1',
  '[::] [::1] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [2002:7f00:1::] [2002:a00:1::1]',
  '[2001:0:7f00:1::] [2001:0:5ef5:79fd:0:0:80ff:fffe] [fc00::1] [fd12:3456::1] [fe80::1] [febf::1] [fec0::1] [ff02::1] [100::1]',
  'localhost LOCALHOST localhost. localhost.. a.localhost a.b.LocalHost. ::1 fe80::1%eth0 ::ffff:127.0.0.1 fd00::1',
])('%s are private', (hosts) => {
  expect(hosts.split(' ').filter((host) => !isPrivateAddress(host))).toEqual([]);
});

test.each([
  'example.com localhost.example.com notlocalhost my-localhost local example.com. 1.1.1.1 93.184.215.14 100.63.255.255 100.128.0.1',
  '172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1 198.20.0.1 223.255.255.255 169.253.0.1 11.0.0.1 128.0.0.1',
  '[2606:4700:4700::1111] [2a00:1450:4001:80b::200e] [64:ff9b::1.1.1.1] [::ffff:1.1.1.1] [2001:4860:4860::8888] [2003::1]',
])('%s are public', (hosts) => {
  expect(hosts.split(' ').filter((host) => isPrivateAddress(host))).toEqual([]);
});

test('a server’s own names are those of this machine, with its port', () => {
  for (const host of ['localhost:4000', 'LocalHost:4000', '127.0.0.1:4000', '[::1]:4000']) {
    expect(isOwnHost(host, 4000)).toBe(true);
    expect(isOwnHost(host, 4001)).toBe(false);
  }
  for (const host of [
    undefined,
    '',
    'localhost',
    'rebound.example:4000',
    '127.0.0.1.rebound.example:4000',
    '[::ffff:127.0.0.1]:4000',
    'localhost:4000:4000',
  ]) {
    expect(isOwnHost(host, 4000)).toBe(false);
  }
  expect(['localhost', '127.0.0.1:80', '[::1]'].every((host) => isOwnHost(host, 80))).toBe(true);
});
