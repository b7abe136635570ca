import { crc32, deflateRawSync } from "node:zlib";

/** One entry of a made zip. What is left out is honest; the rest makes archives that lie. */
export interface MadeEntry {
  name: string;
  bytes?: Uint8Array;
  /** Stored instead of deflated. */
  store?: boolean;
  /** Compression method to claim. */
  method?: number;
  /** General purpose flags, e.g. 1 for encrypted. */
  flags?: number;
  /** Unix file mode, e.g. 0o120777 for a link. */
  mode?: number;
  /** CRC-32 to claim. */
  crc?: number;
  /** Unpacked size to claim. */
  size?: number;
  /** Place of the local header to claim. */
  offset?: number;
}

/** A zip file's bytes (APPNOTE.TXT 4.3), for tests. */
export function makeZip(entries: readonly MadeEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const {
    name,
    bytes = new Uint8Array(),
    store,
    method,
    flags = 0,
    mode = 0o100644,
    crc,
    size,
    offset,
  } of entries) {
    const packed = store ? Buffer.from(bytes) : deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags | 0x800, 2); // names are UTF-8
    shared.writeUInt16LE(method ?? (store ? 0 : 8), 4);
    shared.writeUInt32LE(crc ?? crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(size ?? bytes.length, 18);
    const raw = Buffer.from(name);
    shared.writeUInt16LE(raw.length, 22);

    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE((mode << 16) >>> 0, 6);
    attributes.writeUInt32LE(offset ?? position, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), shared, attributes, raw);

    const local = [Buffer.from([0x50, 0x4b, 3, 4]), shared, raw, packed];
    parts.push(...local);
    position += local.reduce((sum, part) => sum + part.length, 0);
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...parts, directoryBytes, end]);
}
