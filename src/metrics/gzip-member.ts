import { constants, crc32, deflateRawSync } from "node:zlib";

/** A gzip file whose end is still to come. */
export interface OpenMember {
  readonly bytes: Buffer;
  /** Of what was compressed so far, as the end needs it. */
  readonly checksum: number;
  readonly length: number;
}

/**
 * Compresses a part of a file by itself. It refers to nothing before it and ends with a whole byte, so that parts can be put in a row
 * and kept while others change.
 */
export function deflatePart(part: Buffer): Buffer {
  return deflateRawSync(part, { finishFlush: constants.Z_FULL_FLUSH });
}

/**
 * Puts parts in a row, as one member of a gzip file without its end. Several members would be a valid file as well, but of those
 * curl decodes the first alone.
 * Source: RFC 1952, section 2.3.
 */
export function openMember(parts: readonly Buffer[], deflated: readonly Buffer[]): OpenMember {
  return {
    bytes: Buffer.concat([HEADER, ...deflated]),
    checksum: parts.reduce(extendChecksum, 0),
    length: parts.reduce((sum, part) => sum + part.length, 0),
  };
}

/** Deflate, without a name, a time or a system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** What follows the bytes of the member: the last part, which may be empty, and the sums over all of them. */
export function endMember({ checksum, length }: OpenMember, last: Buffer): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(extendChecksum(checksum, last), 0);
  trailer.writeUInt32LE((length + last.length) % 2 ** 32, 4);
  return Buffer.concat([deflateRawSync(last), trailer]);
}

/** Node takes the sum so far for 0 where a part is empty and has been used before. */
function extendChecksum(checksum: number, part: Buffer): number {
  return part.length === 0 ? checksum : crc32(part, checksum);
}
