// Damages recordings in known ways, from ../fixtures into ../fixtures/bad.
import {readFileSync, writeFileSync} from 'node:fs';

const fixture = (path) => new URL(`../fixtures/${path}`, import.meta.url);
const chains = readFileSync(fixture('call-chains.data'));
const dataOffset = Number(chains.readBigUInt64LE(40));
const dataBytes = Number(chains.readBigUInt64LE(48));

/** Where the records of the data begin. */
function records(bytes) {
  const starts = [];
  for (let at = dataOffset; at < dataOffset + dataBytes; at += bytes.readUInt16LE(at + 6)) starts.push(at);
  return starts;
}

function damaged(name, change) {
  const bytes = Buffer.from(chains);
  writeFileSync(fixture(`bad/${name}.data`), change(bytes) ?? bytes);
}

const starts = records(chains);
const middle = starts[Math.floor(starts.length * 0.6)];
damaged('cut-in-a-record', (bytes) => bytes.subarray(0, middle + 20));
damaged('record-of-size-0', (bytes) => void bytes.writeUInt16LE(0, middle + 6));
damaged('records-overwritten', (bytes) => void bytes.fill(0xff, middle, middle + 1000));
damaged('not-finished', (bytes) => {
  bytes.writeBigUInt64LE(0n, 48);
  return bytes.subarray(0, dataOffset + dataBytes);
});
damaged('events-of-no-size', (bytes) => void bytes.writeBigUInt64LE(0n, 16));
damaged('features-behind-the-end', (bytes) => bytes.subarray(0, dataOffset + dataBytes + 300));
