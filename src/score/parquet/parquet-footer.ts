import type { RowGroup } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { NamedColumn } from "../block.js";
import { magicLength, parquetSchema } from "./encode-parquet.js";

/** What a Parquet file begins with. */
export const parquetMagic = Uint8Array.from(Buffer.from("PAR1"));

/** The end of a file whose row groups are written. */
export function parquetFooter(columns: readonly NamedColumn[], rowGroups: readonly RowGroup[]): Uint8Array {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy: "tepal" });
  parquet.row_groups = [...rowGroups];
  parquet.num_rows = rowGroups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  parquet.finish();
  return writer.getBytes().subarray(magicLength);
}

/** A row group that was written as a file of its own, at its offset in the whole file. */
export function movedRowGroup(group: RowGroup, offset: number): RowGroup {
  const by = BigInt(offset - magicLength);
  return {
    ...group,
    columns: group.columns.map((chunk) => ({
      ...chunk,
      file_offset: chunk.file_offset + by,
      ...(chunk.meta_data && {
        meta_data: {
          ...chunk.meta_data,
          data_page_offset: chunk.meta_data.data_page_offset + by,
          ...(chunk.meta_data.dictionary_page_offset !== undefined && {
            dictionary_page_offset: chunk.meta_data.dictionary_page_offset + by,
          }),
        },
      }),
    })),
  };
}
